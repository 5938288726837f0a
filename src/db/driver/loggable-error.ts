import pg from 'pg'

/**
 * The part of an error that a log may hold. The database's messages and details quote values, which may be people's
 * names and addresses, so of its errors only codes and names of tables, columns and constraints are logged.
 */
export function loggableError(error: Error): object {
  if (error instanceof pg.DatabaseError) {
    const { code, severity, schema, table, column, constraint, routine } = error
    return { type: 'DatabaseError', code, severity, schema, table, column, constraint, routine }
  }
  return {
    type: error.name,
    code: 'code' in error ? error.code : undefined,
    message: error.message,
    stack: error.stack,
  }
}
