import { once } from 'node:events'
import pg from 'pg'
import { query } from './query.ts'
import { until } from './until.ts'

// "Hot standby feedback": https://www.postgresql.org/docs/18/protocol-replication.html
const FEEDBACK = 'h'.charCodeAt(0)

/**
 * A standby that reports a reader of what was before a transaction, as one with `hot_standby_feedback` does, until it
 * is closed.
 */
export async function standbyThatReads(superuser_url: string, transaction: number): Promise<() => Promise<void>> {
  const client: any = new pg.Client({ connectionString: superuser_url, replication: 'true' } as pg.ClientConfig)
  await client.connect()
  const { rows } = await query(superuser_url, 'select pg_current_wal_flush_lsn()::text as place')
  const begun = once(client.connection, 'replicationStart')
  const ended = client.query(`START_REPLICATION PHYSICAL ${rows[0].place}`)
  await Promise.race([begun, ended])
  ended.catch(() => {}) // with the connection
  const message = Buffer.alloc(25)
  message.writeUInt8(FEEDBACK)
  message.writeUInt32BE(transaction, 9)
  client.connection.sendCopyFromChunk(message)
  const told = 'select from pg_stat_replication where backend_xmin is not null'
  await until(async () => (await query(superuser_url, told)).rows.length > 0)
  return async () => client.end()
}
