import pg from 'pg'

/** A connection broke or could not be made: the driver says so, and not the server. */
export class ConnectionError extends Error {
  override name = 'ConnectionError'
  readonly code: string | undefined
  /** Whether another connection may succeed at once. Not if this one could not be made, nor after a long silence. */
  readonly has_alternative: boolean

  constructor(cause: Error, has_alternative: boolean) {
    super(cause.message || cause.name, { cause })
    this.code = 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined
    this.has_alternative = has_alternative
  }
}

/**
 * The error of a statement or of an opening, as the service distinguishes errors: the server's own, those of our
 * code, and all others, which are failures of the connection, under every name that the socket, TLS or driver give.
 */
export function driverError(error: unknown, { has_alternative = true } = {}): unknown {
  const isOurs = error instanceof TypeError || error instanceof RangeError
  if (error instanceof pg.DatabaseError || error instanceof ConnectionError || isOurs) return error
  if (!(error instanceof Error)) return error
  return new ConnectionError(error, has_alternative && error.message !== 'Query read timeout')
}
