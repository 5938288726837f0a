import { sql } from 'kysely'
import { prepared, type Statement } from '#db/driver/statement.ts'

const notifyStatement = prepared<{ channel: string; said: string }, unknown>(
  parameter => sql`select pg_notify(${parameter('channel')}, ${parameter('said')})`,
)

/**
 * Tells those who listen on a channel once the transaction is committed. Transactions that notify are committed one
 * after the other, so it is for what is rare.
 */
export function notification(channel: string, said: string): Statement<unknown> {
  return notifyStatement({ channel, said })
}
