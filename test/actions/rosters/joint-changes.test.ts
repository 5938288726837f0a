import t from 'tap'
import { previewRosters } from '#actions/rosters/preview-roster.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findRosters } from '#actions/support/rosters/find-roster.ts'
import { lockRosters } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChanges } from '#actions/support/rosters/plan-roster-change.ts'
import { inTransaction } from '#db/driver/transaction.ts'
import { desiredRoster } from '#domain/desired-roster.ts'
import { NOBODY_ASKED } from '#domain/requester.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { DesiredContact, Roster } from '#domain/roster.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { roundTripProxy } from '../../helpers/round-trip-proxy.ts'
import { openPool } from '../../helpers/test-database.ts'
import { testService } from '../../helpers/test-service.ts'

const service = await testService(t)
const { call, context, database } = service
const proxy = await roundTripProxy(t, service.url)
const counted: ActionContext = { ...context, database: openPool(t, proxy.url, 1) }

/** Makes the same change on every contract, as one change. */
async function change(
  contract_ids: readonly string[],
  after: (roster: Roster) => readonly DesiredContact[],
  { request_id = 'joint', on = context }: { request_id?: string; on?: ActionContext } = {},
): Promise<void> {
  await inTransaction(on.database, async trx => {
    const rosters = await lockRosters(on, trx, contract_ids)
    const { statements } = await planRosterChanges(on, trx, {
      changes: rosters.map(roster => ({ roster, desired: desiredRoster(after(roster)) })),
      caller: { actor: 'test', request_id, source: 'direct' },
      asking: NOBODY_ASKED,
    })
    await trx.commitWith(...statements)
  })
}

async function refusalsOf(changed: Promise<void>): Promise<readonly Refusal[]> {
  const error = await changed.catch((error: unknown) => error)
  return error instanceof RefusedError ? error.refusals : []
}

/** The contacts, with other fields for all people at an address. */
const changing =
  (email: string, fields: Partial<DesiredContact>) =>
  ({ contacts }: { contacts: readonly DesiredContact[] }): DesiredContact[] =>
    contacts.map(contact => (contact.email_key === email ? { ...contact, ...fields } : contact))

/** One person as the primary of ten contracts. */
async function onTenContracts(name: string, fields: object = {}, length = 10): Promise<string[]> {
  const ids = Array.from({ length }, (_, index) => `${name}-${index}`)
  for (const id of ids) {
    await putContract(call, id, { customer_id: `${name}-customer` })
    await register(call, id, { role: 'primary', email: `${name}@example.jp`, ...fields })
  }
  return ids
}

const moved = (email: string) => ({ email, email_key: email })

const without = ({ contacts }: Roster) => contacts.filter(({ email_key }) => email_key !== 'leaving@example.jp')

/** 鈴木 of one contract and the person of all come to one address. */
const meet = (shared_mailbox: boolean) => (roster: Roster) => {
  const suzuki = changing('suzuki@example.jp', { ...moved('met@example.jp'), shared_mailbox })(roster)
  return changing('meeting@example.jp', moved('met@example.jp'))({ contacts: suzuki })
}

t.test('R34: one change gives a person a new address and name on ten contracts, with few round trips', async t => {
  const ids = await onTenContracts('moving')
  const fields = { ...moved('moved@example.jp'), family_name: '佐藤' }
  const before = proxy.roundTrips()
  await change(ids, changing('moving@example.jp', fields), { request_id: 'moving', on: counted })
  const cost = proxy.roundTrips() - before
  t.ok(cost >= 2 && cost <= 8, `${cost} round trips`)
  const { items } = (await call('GET', '/v1/contacts?customer_id=moving-customer')).body
  t.equal(items.length, 10)
  t.equal(new Set(items.map(({ account_id }: { account_id: string }) => account_id)).size, 1)
  for (const contact of items) t.match(contact, { email: 'moved@example.jp', family_name: '佐藤' })
  const events = (await historyOf(database, 'moving')).map(({ event }) => event)
  t.equal(events.filter(event => event === 'contact.changed').length, 10)
  t.same(
    events.filter(event => event.startsWith('support_account')),
    ['support_account.rekeyed', 'support_account.renamed'],
    'one account, one record',
  )
})

t.test('R10, R34: a change of several contracts is made whole or not at all, and says what each lacks', async t => {
  const ids = await onTenContracts('leaving')
  await register(call, 'leaving-3', { email: 'stays-3@example.jp' })
  await register(call, 'leaving-7', { email: 'stays-7@example.jp' })
  t.match(await refusalsOf(change(ids, without)), [
    { type: 'primary-required', contract_id: 'leaving-3' },
    { type: 'primary-required', contract_id: 'leaving-7' },
  ])
  t.equal((await call('GET', '/v1/contacts?customer_id=leaving-customer')).body.items.length, 12)
})

t.test('R17, R20: a refusal of an address says which contract it is about', async t => {
  const ids = await onTenContracts('refused')
  await putContract(call, 'holding')
  await register(call, 'holding', { role: 'primary', email: 'held@example.jp' })
  const refusals = ids.map(contract_id => ({ type: 'email-taken', contract_id }))
  t.match(await refusalsOf(change(ids, changing('refused@example.jp', moved('held@example.jp')))), refusals)
  const rosters = await findRosters(database, ids, service.clock.today())
  const changes = rosters.map(roster => ({
    roster,
    desired: desiredRoster(changing('refused@example.jp', moved('held@example.jp'))(roster)),
  }))
  t.match(
    await previewRosters(context, database, changes, NOBODY_ASKED),
    ids.map(contract_id => ({ contract_id, refusals: [{ type: 'email-taken', contract_id }] })),
  )
})

t.test('R17, R19: two people who come to one address on two contracts of a change have to say so', async t => {
  const [first = '', second = ''] = await onTenContracts('meeting', {}, 2)
  await register(call, second, { family_name: '鈴木', email: 'suzuki@example.jp' })
  t.match(await refusalsOf(change([first, second], meet(false))), [{ type: 'email-in-use', contract_id: second }])
  await change([first, second], meet(true))
  const { items } = (await call('GET', '/v1/contacts?customer_id=meeting-customer')).body
  const together = items.filter(({ email }: { email: string }) => email === 'met@example.jp')
  t.equal(together.length, 3)
  t.equal(new Set(together.map(({ account_id }: { account_id: string }) => account_id)).size, 1)
})

t.test('R34: a change of several contracts is planned without being made', async t => {
  const ids = await onTenContracts('planned')
  const rosters = await findRosters(database, ids, service.clock.today())
  const previews = await previewRosters(
    context,
    database,
    rosters.map(roster => ({
      roster,
      desired: desiredRoster(changing('planned@example.jp', { family_name: '高橋' })(roster)),
    })),
    NOBODY_ASKED,
  )
  t.strictSame(
    previews.map(({ contract_id, changed, refusals }) => [contract_id, changed.length, refusals.length]),
    ids.map(id => [id, 1, 0]),
  )
})

t.test('changes of several contracts and of one wait for each other in one order', async t => {
  const ids = await onTenContracts('raced', { given_name: '一郎' })
  const renamings = Array.from({ length: 10 }, (_, index) =>
    change(index % 2 === 0 ? ids : ids.toReversed(), changing('raced@example.jp', { given_name: `${index}郎` })),
  )
  const registrations = ids.map((id, index) =>
    call('POST', `/v1/contracts/${id}/contacts`, person({ family_name: '別', email: `other-${index}@example.jp` })),
  )
  await Promise.all([...renamings, ...registrations])
  const { items } = (await call('GET', '/v1/contacts?customer_id=raced-customer')).body
  const names = items
    .filter(({ email }: { email: string }) => email === 'raced@example.jp')
    .map(({ name }: { name: string }) => name)
  t.equal(names.length, 10)
  t.equal(new Set(names).size, 1, 'each renaming is whole')
  t.strictSame(await brokenInvariants(database, service.clock.today()), {})
})
