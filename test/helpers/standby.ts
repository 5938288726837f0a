import { once } from 'node:events'
import pg from 'pg'
import { query } from './query.ts'
import { until } from './until.ts'

// "Hot standby feedback": https://www.postgresql.org/docs/18/protocol-replication.html
const FEEDBACK = 'h'.charCodeAt(0)

/** The transactions of before which a standby reads rows and catalogs, and the slot that it has, if it has one. */
type Reading = { xmin?: number; catalog_xmin?: number; slot?: string }

/**
 * A standby that reports what it reads, as one with `hot_standby_feedback` does, until it is closed. Its slot keeps the
 * report.
 */
export async function standbyThatReads(superuser_url: string, reading: Reading): Promise<() => Promise<void>> {
  const { xmin = 0, catalog_xmin = 0, slot } = reading
  const client: any = new pg.Client({ connectionString: superuser_url, replication: 'true' } as pg.ClientConfig)
  await client.connect()
  const { rows } = await query(superuser_url, 'select pg_current_wal_flush_lsn()::text as place')
  const begun = once(client.connection, 'replicationStart')
  const slot_option = slot === undefined ? '' : `SLOT ${slot}`
  const ended = client.query(`START_REPLICATION ${slot_option} PHYSICAL ${rows[0].place}`)
  await Promise.race([begun, ended])
  ended.catch(() => {}) // with the connection
  const message = Buffer.alloc(25)
  message.writeUInt8(FEEDBACK)
  message.writeUInt32BE(xmin, 9)
  message.writeUInt32BE(catalog_xmin, 17)
  client.connection.sendCopyFromChunk(message)
  const reports = `
    select from pg_stat_replication where backend_xmin is not null
    union all select from pg_replication_slots where coalesce(xmin, catalog_xmin) is not null`
  await until(async () => (await query(superuser_url, reports)).rows.length > 0)
  return async () => client.end()
}
