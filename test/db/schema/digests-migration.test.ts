import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import t, { type Test } from 'tap'
import { verifyHistory } from '#actions/history/verify-history.ts'
import { emptyDatabase, openPool } from '../../helpers/test-database.ts'

const MIGRATIONS = new URL('../../../migrations/', import.meta.url)
const NEW_DIGESTS = '065-binary-digests.sql'

/** What a release before the new digests leaves: five entries in a chain, of which an erasure took one. */
const CHAIN = `
insert into history (occurred_at, actor, request_id, event, subject_id, source, before, after, requested_by)
select now(), 'admin "あ"', 'r' || n, 'customer.changed', 'K' || n, 'direct', '{"name": "A"}', '{"name": "青空"}', null
from generate_series(1, 4) n;
insert into history (occurred_at, actor, request_id, event, subject_id, source, after)
values (now(), 'admin', 'r5', 'contact.erased', 'x', 'direct', '{"redacted_history_ids": [3]}');
do $$
declare
  previous bytea := '';
  entry record;
begin
  for entry in
    select history.history_id, history_fixed_digest(history) as fixed, history_content_digest(history) as content
    from history order by history_id
  loop
    previous := sha256(previous || entry.fixed || entry.content);
    insert into events (event_id, history_id, hash, content)
    values (entry.history_id, entry.history_id, previous, entry.content);
  end loop;
end $$;
update history set before = null, after = '{"name": null}', salt = null where history_id = 3;`

async function databaseBefore(t: Test) {
  const { owner_url } = await emptyDatabase(t)
  const client = new pg.Client({ connectionString: owner_url })
  t.teardown(async () => {
    await client.end()
  })
  await client.connect()
  const files = (await readdir(MIGRATIONS)).filter(file => /^\d{3}-/.test(file)).toSorted()
  const run = async (which: (file: string) => boolean): Promise<void> => {
    for (const file of files.filter(which)) await client.query(await readFile(new URL(file, MIGRATIONS), 'utf8'))
  }
  await run(file => file < NEW_DIGESTS)
  await client.query(CHAIN)
  return { client, migrate: async () => await run(file => file >= NEW_DIGESTS), database: openPool(t, owner_url) }
}

t.test('R40: a chain of digests of texts is made again of digests of bytes, and holds', async t => {
  const { client, migrate, database } = await databaseBefore(t)
  const hashes = async () => (await client.query('select hash, content from events order by event_id')).rows
  const before = await hashes()
  await migrate()
  const after = await hashes()
  t.match(await verifyHistory(database), { end: { event_id: 5 }, broken: null })
  t.same(after[2].content, before[2].content, 'what was erased keeps its digest')
  t.notSame(after[1].content, before[1].content)
  await client.query(`update history set actor = 'other' where history_id = 3`)
  t.match(await verifyHistory(database), { broken: { event_id: 3, fault: 'hash' } })
})

t.test('R40: what was erased before gets a digest, so that altering it is found from then on', async t => {
  const { client, migrate, database } = await databaseBefore(t)
  await migrate()
  const { rows } = await client.query(`select after, salt from history where event = 'history.redacted'`)
  t.match(rows, [{ after: { redacted_history_ids: [3], redacted_digests: [/^[0-9a-f]{64}$/] }, salt: /-/ }])
  for (const change of [`after = '{"name": "other"}'`, `salt = null`, `after = '{"name": "A"}', salt = null`]) {
    await client.query(`update history set ${change} where history_id = 3`)
    t.match(await verifyHistory(database), { broken: { event_id: 3, fault: 'changed' } }, change)
  }
})

t.test('R40: a migration gives no digest to what the altered record of an erasure names', async t => {
  const { client, migrate, database } = await databaseBefore(t)
  await client.query(`update history set after = '{"redacted_history_ids": [2, 3]}' where history_id = 5`)
  await client.query(`update history set after = '{"name": "other"}', salt = null where history_id = 2`)
  await migrate()
  t.same((await client.query(`select from history where event = 'history.redacted'`)).rows, [])
  t.match(await verifyHistory(database), { broken: { event_id: 5, fault: 'changed' } })
})

t.test('R33: an erasure of the release before, which takes the salt and keeps no digest, is accepted', async t => {
  const { client, migrate, database } = await databaseBefore(t)
  await migrate()
  await client.query(`
    select redact_history('[{"history_id": 4, "before": {"name": null}, "after": {"name": null}}]');
    insert into history (occurred_at, actor, request_id, event, subject_id, source, after)
    values (now(), 'admin', 'r6', 'contact.erased', 'y', 'direct', '{"redacted_history_ids": [4]}')`)
  t.match(await verifyHistory(database), { broken: null })
})

t.test('R40: a chain that is broken is not made whole by a migration', async t => {
  const { client, migrate } = await databaseBefore(t)
  await client.query(`update history set actor = 'other' where history_id = 2`)
  await t.rejects(migrate(), { message: 'the record of changes is broken at event 2' })
})

t.test('R40: content that was changed before is still found afterwards', async t => {
  const { client, migrate, database } = await databaseBefore(t)
  await client.query(`update history set after = '{"name": "other"}' where history_id = 2`)
  await migrate()
  t.match(await verifyHistory(database), { broken: { event_id: 2, fault: 'changed' } })
})
