import pg from 'pg'

/**
 * What a log may hold of an error. Messages and details of the database quote values, and values are people's names
 * and addresses, so of those only codes and the names of things are kept.
 */
export function loggableError(error: Error): object {
  if (error instanceof pg.DatabaseError) {
    const { code, severity, schema, table, column, constraint, routine } = error
    return { type: 'DatabaseError', code, severity, schema, table, column, constraint, routine }
  }
  return {
    type: error.name,
    code: (error as Error & { code?: unknown }).code,
    message: error.message,
    stack: error.stack,
  }
}
