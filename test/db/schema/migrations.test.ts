import t from 'tap'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'
import { migrate } from '#db/schema/migrations.ts'
import { migrateForService } from '#start/migrate-database.ts'

const { call, url, owner_url } = await testService(t)

t.test('a database that a newer release has migrated serves this release, and nothing is to be done', async t => {
  await query(owner_url, "insert into kysely_migration values ('998-later', now()), ('999-much-later', now())")
  t.strictSame(await migrateForService(url, owner_url), [])
  t.match(await call('GET', '/readyz'), { status: 200 })
  await query(owner_url, "delete from kysely_migration where name like '99%'")
  t.strictSame(await migrateForService(url, owner_url), [])
})

t.test('a migration that should be among those of this release is not passed over', async t => {
  await query(owner_url, "insert into kysely_migration values ('000-other', now())")
  await t.rejects(migrate(owner_url), /000-other/)
  await query(owner_url, "delete from kysely_migration where name = '000-other'")
})

t.test('a migration waits for a lock but for a moment, and tries again', async t => {
  const { promise, release } = await holdLock()
  await t.rejects(migrate(owner_url, { tries: 1 }), /is in use.*Nothing was changed/)
  const migrated = migrate(owner_url)
  await until(async () => (await waitingMigrations()) > 0)
  await until(async () => (await waitingMigrations()) === 0)
  await release()
  t.strictSame(await migrated, [])
  await promise
})

/** Holds what a migration needs, until it is released. */
async function holdLock(): Promise<{ promise: Promise<unknown>; release: () => Promise<void> }> {
  const held = 'begin; lock table kysely_migration; select pg_sleep(60)'
  const promise = query(owner_url, held).catch(() => {})
  const holders = "from pg_stat_activity where datname = current_database() and query like 'begin; lock%'"
  await until(async () => (await query(owner_url, `select ${holders} and wait_event = 'PgSleep'`)).rows.length > 0)
  return {
    promise,
    release: async () => {
      await query(owner_url, `select pg_terminate_backend(pid) ${holders}`)
    },
  }
}

async function waitingMigrations(): Promise<number> {
  const waiting =
    "select from pg_stat_activity where datname = current_database() and application_name = 'madoguchi-migrate' " +
    "and wait_event_type = 'Lock'"
  return (await query(owner_url, waiting)).rows.length
}
