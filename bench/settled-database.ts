import type { BenchDatabase } from './bench-database.ts'

const BACKLOG = `
  select (select max(history_id) from history) is distinct from (select max(history_id) from events) as is`
const VACUUMS = "select exists (select from pg_stat_activity where backend_type = 'autovacuum worker') as is"

/** Whether entries of history wait for their numbers. */
export async function hasBacklog(database: BenchDatabase): Promise<boolean> {
  return (await database.rows(BACKLOG))[0]?.['is'] === true
}

/**
 * Waits until every entry of history has its number: a registry that was just loaded has none. Then vacuums all tables,
 * so that Postgres has no reason to, and writes all to the disk.
 */
export async function settled(database: BenchDatabase): Promise<void> {
  const isVacuuming = async (): Promise<boolean> => (await database.rows(VACUUMS))[0]?.['is'] === true
  while (await hasBacklog(database)) await new Promise(resolve => setTimeout(resolve, 500))
  await database.run('vacuum analyze')
  while (await isVacuuming()) await new Promise(resolve => setTimeout(resolve, 500))
  await database.run('checkpoint')
}
