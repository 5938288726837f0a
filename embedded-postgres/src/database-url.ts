/** The address of a database on this machine, for the role `app`. */
export function databaseUrl({ port, password }: { port: number; password: string }, database: string): string {
  return `postgres://app:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}?sslmode=disable`
}
