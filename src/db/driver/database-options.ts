/** Where a database is, and how long its clients wait for it. */
export type DatabaseOptions = {
  url: string
  pool_size: number
  /** How long a request waits for a connection, in milliseconds. */
  connect_timeout: number
  /** How long one statement may run, in milliseconds. */
  statement_timeout: number
  /** How long a statement waits for a lock, in milliseconds. */
  lock_timeout: number
  /** How the server's views name the connections. */
  application_name?: string
}
