import t from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { verifyHistory } from '#actions/history/verify-history.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { insertHistory } from '#db/history/history.ts'
import { ALTERATIONS, foundAfter, REDACTED, run } from '../../helpers/altered-history.ts'
import { ask } from '../../helpers/change-requests.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { openPool } from '../../helpers/test-database.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database, owner_url, url } = await testService(t)
const owner = openPool(t, owner_url)
const number = eventNumbering(database)
const found = async (tamper: (trx: Transaction) => Promise<unknown>) => await foundAfter(owner, tamper)

// Two people whom one entry names. They are erased one after the other, so that the entry is redacted twice.
const [, asker, removed] = await fillContract(call, 'R-1', 2)
const requested_by = { name: asker.family_name, email: asker.email, channel: 'mail' }
const asked = { family_name: '名越', requested_by }
const changed = await call('PATCH', `/v1/contacts/${removed.contact_id}`, asked)
if (changed.status !== 200) throw new Error(changed.text)
for (const { contact_id } of [removed, asker]) await call('DELETE', `/v1/contacts/${contact_id}`)
const before: any[] = (await query(owner_url, 'select * from history order by history_id')).rows
const snapshots: any[][] = []
for (const { contact_id } of [asker, removed]) {
  const erased = await call('POST', '/v1/personal-data-erasures', { contact_ids: [contact_id], reason: 'requested' })
  if (erased.status !== 200) throw new Error(erased.text)
  snapshots.push((await query(owner_url, 'select * from history order by history_id')).rows)
}
while ((await number()) > 0);
const redacted: { history_id: string; times: number }[] = (await query(owner_url, REDACTED)).rows
const twice = redacted.find(({ times }) => times > 1)?.history_id ?? ''

const person = { family_name: 'A', given_name: 'B', privacy_notice_version: '1' }

/** Puts an entry back as it was at another time, with its salt. */
const putBack = (entries: readonly any[], history_id: string) => async (trx: Transaction) => {
  const { salt, before, after, requested_by } = entries.find(entry => entry.history_id === history_id)
  await trx.run({
    name: '',
    text: `update history set salt = $2, before = $3::jsonb, after = $4::jsonb, requested_by = $5::jsonb
      where history_id = $1`,
    values: [
      history_id,
      salt,
      ...[before, after, requested_by].map(one => (one === null ? null : JSON.stringify(one))),
    ],
  })
}

t.test('R33, R40: a history of erasures is whole', async t => {
  t.ok(redacted.length > 3)
  t.not(twice, '')
  t.equal((await verifyHistory(database)).broken, null)
})

t.test('R40: each redacted entry that is altered afterwards is found, whatever is altered', async t => {
  for (const { history_id } of redacted) {
    const [event] = (await query(owner_url, `select event_id from events where history_id = ${history_id}`)).rows
    for (const alteration of ALTERATIONS) {
      const tamper = async (trx: Transaction) =>
        await run(trx, `update history set ${alteration} where history_id = ${history_id}`)
      t.match(await found(tamper), { event_id: Number(event.event_id) }, `${history_id}: ${alteration}`)
    }
    const unsalted = `update history set salt = null, after = '{}' where history_id = ${history_id}`
    t.match(await found(async trx => await run(trx, unsalted)), { fault: 'changed' }, 'also without a salt')
  }
})

t.test('R33, R40: an entry that gets back what an erasure took is found, also what the first of two took', async t => {
  t.match(await found(putBack(before, twice)), { fault: 'changed' })
  t.match(await found(putBack(snapshots[0]!, twice)), { fault: 'changed' })
  t.equal(await found(putBack(snapshots[1]!, twice)), null)
})

t.test('R40: the record of an erasure cannot lose, change or gain an entry that it names', async t => {
  const erasure = `event = 'contact.erased' and jsonb_array_length(after -> 'redacted_history_ids') > 0`
  const alter = async (after: string) =>
    await found(async trx => await run(trx, `update history set after = ${after} where ${erasure}`))
  t.match(await alter(`jsonb_set(after, '{redacted_history_ids}', '[]')`), { fault: 'changed' })
  t.match(await alter(`jsonb_set(after, '{redacted_history_ids}', '"none"')`), { fault: 'changed' })
  t.match(await alter(`jsonb_set(after, '{redacted_history_ids}', '["a"]')`), { fault: 'changed' })
  t.match(await alter(`after - 'redacted_digests'`), { fault: 'changed' })
  t.match(await alter(`jsonb_set(after, '{redacted_digests, 0}', '"00"')`), { fault: 'changed' })
  const gone = async (trx: Transaction) => await run(trx, `delete from history where ${erasure}`)
  t.match(await found(gone), { fault: /changed|missing/ })
})

t.test('R40: an entry that is redacted though no erasure names it is found', async t => {
  const [entry] = (await query(owner_url, `select history_id from history where event = 'contract.created'`)).rows
  const redact = async (trx: Transaction) =>
    await run(
      trx,
      `select redact_history_entries(jsonb_build_array(to_jsonb(e) || '{"requested_by": null}'))
        from (select * from history where history_id = ${entry.history_id}) e`,
    )
  t.match(await found(redact), { fault: 'changed' })
  const change = { actor: 'a', request_id: 'r', source: 'direct', occurred_at: '2026-04-01T00:00:00.000Z' } as const
  const name = (after: object) => async (trx: Transaction) => {
    await redact(trx)
    await trx.run(insertHistory(change, [{ event: 'contact.erased', subject_id: 'x', after }]))
  }
  const digest = '0'.repeat(64)
  const ids = { redacted_history_ids: [entry.history_id] }
  t.match(await found(name({ ...ids, redacted_digests: [digest] })), { fault: 'changed' })
  t.match(await found(name(ids)), { fault: 'changed' }, 'without a digest it would have no salt either')
})

const withoutField = (field: string) =>
  `select redact_history_entries(jsonb_build_array(to_jsonb(e) || jsonb_build_object('after',
    jsonb_set(e.after, '{${field}}', 'null'))))
  from (select * from history where event = 'contact.erased' order by history_id limit 1) e`

t.test('R40: the role of the service cannot take the digests out of the record of an erasure', async t => {
  for (const field of ['redacted_digests', 'redacted_history_ids', 'redacted_digests, 0'])
    await t.rejects(query(url, withoutField(field)), { code: '42501' }, field)
})

t.test('R33: a digest is no note that names a person: a family name can look like a part of it', async t => {
  const contacts = await fillContract(call, 'R-2', 1, { customer_id: 'hex' })
  const named = await call('PATCH', `/v1/contacts/${contacts[1].contact_id}`, { family_name: 'A', given_name: 'B' })
  t.equal(named.status, 200, named.text)
  const { contact_id } = named.body
  await ask(call, 'R-2', [{ op: 'remove', contact_id }])
  for (const round of [1, 2]) {
    const { body } = await call('GET', '/v1/contracts/R-2/contacts')
    const own = body.items.find(({ role }: any) => role === 'secondary')
    await call('DELETE', `/v1/contacts/${own.contact_id}`)
    const erased = await call('POST', '/v1/personal-data-erasures', {
      contact_ids: [own.contact_id],
      reason: 'requested',
    })
    t.equal(erased.status, 200, erased.text)
    if (round === 1) await call('POST', '/v1/contracts/R-2/contacts', { ...person, email: 'b@r-2.example.jp' })
  }
  while ((await number()) > 0);
  t.equal((await verifyHistory(database)).broken, null)
})
