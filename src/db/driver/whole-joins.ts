import { unnamed } from '#db/driver/database-client.ts'

/**
 * Lets the statements of a transaction join tables as a whole. Of a table that was filled a moment ago Postgres has no
 * statistics: it takes it for small, and would read it once for each row of another one.
 */
export const JOIN_AS_WHOLE = unnamed(`select set_config('enable_nestloop', 'off', true)`)
