import type { BenchDatabase } from './bench-database.ts'
import { loadRegistry } from './synthetic-registry.ts'

/** What a registry takes of disk and time. Bytes are for each contact, with everything that belongs to the contact. */
export type Growth = Record<
  | 'load_s'
  | 'first_vacuum_s'
  | 'churned_vacuum_s'
  | 'bytes'
  | 'contacts_bytes'
  | 'contacts_index_bytes'
  | 'accounts_bytes'
  | 'accounts_index_bytes'
  | 'history_bytes'
  | 'history_index_bytes'
  | 'other_bytes',
  number
>

/** Loads a registry of so many contacts, and measures it: how long that and vacuum take, and what it weighs. */
export async function measureGrowth(database: BenchDatabase, contacts: number): Promise<Growth> {
  const load_s = await loadRegistry(database.owner_url, contacts)
  const first_vacuum_s = await seconds(async () => await database.run('vacuum analyze'))
  const bytes = await bytesOf(database)
  // A year's churn on one contact in ten, vacuumed at once.
  await database.run(
    `update contacts set duties = '{system}' where ('x' || right(contact_id::text, 6))::bit(24)::integer % 10 = 0`,
  )
  const churned_vacuum_s = await seconds(async () => await database.run('vacuum analyze contacts'))
  return {
    load_s,
    first_vacuum_s,
    churned_vacuum_s,
    ...(Object.fromEntries(Object.entries(bytes).map(([name, total]) => [name, total / contacts])) as Omit<
      Growth,
      'load_s' | 'first_vacuum_s' | 'churned_vacuum_s'
    >),
  }
}

async function bytesOf(database: BenchDatabase): Promise<Record<string, number>> {
  const tables =
    (await database.rows(`select relname, pg_table_size(oid) as bytes, pg_indexes_size(oid) as index_bytes from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`)) as {
      relname: string
      bytes: string
      index_bytes: string
    }[]
  const named = Object.fromEntries(
    [
      ['contacts', 'contacts'],
      ['support_accounts', 'accounts'],
      ['history', 'history'],
    ].flatMap(([table, name]) => {
      const found = tables.find(({ relname }) => relname === table)!
      return [
        [`${name}_bytes`, Number(found.bytes)],
        [`${name}_index_bytes`, Number(found.index_bytes)],
      ]
    }),
  ) as Record<string, number>
  const total = tables.reduce((sum, { bytes, index_bytes }) => sum + Number(bytes) + Number(index_bytes), 0)
  return { ...named, other_bytes: total - Object.values(named).reduce((sum, bytes) => sum + bytes, 0), bytes: total }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const since = performance.now()
  await work()
  return (performance.now() - since) / 1000
}
