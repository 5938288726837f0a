import type { ActionContext } from '#actions/support/action-context.ts'
import { addressHashKey, erasedAddress } from '#actions/support/erased-address.ts'
import { keptAnswersAbout } from '#actions/support/kept-answers.ts'
import { lockRosters } from '#actions/support/lock-roster.ts'
import { redactedHistory, redactedImportRows, redactedRequests } from '#actions/support/redacted-records.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockThings } from '#db/driver/locks.ts'
import {
  lockErasableAccounts,
  listLeftAddresses,
  updateAccountsErased,
  updateContactsErased,
  updateKeptOutcome,
  updateLeftAddressesErased,
} from '#db/erasures.ts'
import { insertHistory, type HistoryEntry } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import { listContactsOfPeople, listHistoryOfContacts } from '#db/personal-data.ts'
import type { Caller } from '#domain/caller.ts'
import type { Contact } from '#domain/contact.ts'
import { tracesOf } from '#domain/known-traces.ts'
import type { ErasureReason } from '#domain/vocabulary.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { withoutPerson } from '#domain/person-redaction.ts'
import { RefusedError } from '#domain/refusal.ts'

export type Erasure = {
  contact_ids: readonly string[]
  reason: ErasureReason
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** What was erased, by id. */
export type Erased = { erased: { contact_id: string; contract_id: string; account_id: string; erased_at: string }[] }

/**
 * Erases people who are no contacts any more (R33): names and addresses leave every record, ids and times stay. Other
 * contacts of the same person are erased too. Refuses a contact that the registry does not hold, and a person who is
 * still registered. A person who was erased before is answered as then.
 */
export async function erasePersonalData(context: ActionContext, erasure: Erasure): Promise<IdempotentOutcome<Erased>> {
  return await withIdempotency(context, erasure.key, async trx => await eraseOnce(context, trx, erasure))
}

async function eraseOnce(
  context: ActionContext,
  trx: Transaction,
  { contact_ids, reason, caller }: Erasure,
): Promise<UncommittedWrite<Erased>> {
  const today = context.clock.today()
  const named = await listContactsOfPeople(trx, contact_ids, today)
  await lockRosters(context, trx, [...new Set(named.map(({ contract_id }) => contract_id))].toSorted())
  await lockThings(
    trx,
    'address',
    named.map(({ email_key }) => email_key),
  )
  const contacts = await listContactsOfPeople(trx, contact_ids, today)
  assertErasable(contacts, contact_ids)
  const now = context.clock.now()
  const value = { erased: contacts.map(contact => erasedView(contact, now)) }
  const present = contacts.filter(({ erased_at }) => erased_at == null)
  const people = [...Map.groupBy(present, contact => `${contact.customer_id} ${nameKey(contact)}`).values()]
  const statements: Statement<unknown>[] = []
  for (const person of people) statements.push(...(await erasePerson(trx, person, { reason, caller, now })))
  return { value, statements }
}

function assertErasable(contacts: readonly Contact[], contact_ids: readonly string[]): void {
  const known = new Set(contacts.map(({ contact_id }) => contact_id))
  if (contact_ids.some(id => !known.has(id))) throw new RefusedError({ type: 'not-found', resource: 'person' })
  const registered = contacts.find(({ removed_at }) => removed_at === null)
  if (registered === undefined) return
  const { contact_id, contract_id } = registered
  throw new RefusedError({ type: 'still-registered', contact_id, contract_id })
}

function erasedView({ contact_id, contract_id, account_id, erased_at }: Contact, now: string) {
  return { contact_id, contract_id, account_id, erased_at: erased_at ?? now }
}

type Way = { reason: ErasureReason; caller: Caller; now: string }

async function erasePerson(
  trx: Transaction,
  person: readonly Contact[],
  { reason, caller, now }: Way,
): Promise<Statement<unknown>[]> {
  const contact_ids = person.map(({ contact_id }) => contact_id)
  const { traces, own_keys, account_ids, hash_key } = await findErasable(trx, person)
  const erasing = { traces, own_keys }
  const hashes = [...traces.email_keys].map(email_key => ({
    email_key,
    erased_key: erasedAddress(email_key, hash_key),
  }))
  const redacted = await redactedHistory(trx, person, erasing)
  const change = { ...caller, occurred_at: now }
  const kept = await keptAnswersAbout(trx, traces)
  return [
    ...redacted.statements,
    ...(await redactedRequests(trx, person, erasing, change)),
    ...(await redactedImportRows(trx, erasing)),
    ...kept.map(({ outcome, ...place }) =>
      updateKeptOutcome({ ...place, outcome: withoutPerson(outcome, { ...erasing, blanking: 'word' }) }),
    ),
    updateContactsErased(
      person.map(contact => remains(contact, contact_ids, hash_key)),
      now,
    ),
    updateAccountsErased(account_ids, hashes, now),
    updateLeftAddressesErased(contact_ids, hashes),
    insertHistory(
      change,
      person.map((contact, place) =>
        erasedEntry(contact, { now, reason, history_ids: place === 0 ? redacted.ids : [] }),
      ),
    ),
  ]
}

/** By what a person is recognised, and which accounts and addresses nobody else has or had. */
async function findErasable(trx: Transaction, person: readonly Contact[]) {
  const contact_ids = person.map(({ contact_id }) => contact_id)
  const account_ids = [...new Set(person.map(({ account_id }) => account_id))]
  const [history, accounts, left, hash_key] = await Promise.all([
    listHistoryOfContacts(trx, contact_ids),
    lockErasableAccounts(trx, account_ids, contact_ids),
    listLeftAddresses(trx, contact_ids),
    addressHashKey(trx),
  ])
  const own = accounts.filter(account => !account.is_others_too)
  const own_left = left.filter(address => !address.is_others_too)
  return {
    traces: tracesOf(person, history),
    own_keys: new Set([...own, ...own_left].map(({ email_key }) => email_key)),
    account_ids: own.map(({ account_id }) => account_id),
    hash_key,
  }
}

/** What stays of a contact: a word that is the same for all contacts of the person, and the hash of the address. */
function remains({ contact_id, email_key }: Contact, contact_ids: readonly string[], hash_key: Buffer) {
  const family_name = `[${contact_ids[0] ?? contact_id}]`
  return {
    contact_id,
    family_name,
    name_key: nameKey({ family_name, given_name: null }),
    email_key: erasedAddress(email_key, hash_key),
  }
}

type Said = { now: string; reason: ErasureReason; history_ids: readonly number[] }

/** The record of an erasure: it names the entries of history that lost what they said of the person. */
function erasedEntry(contact: Contact, { now, reason, history_ids }: Said): HistoryEntry {
  const { contact_id, contract_id, customer_id, account_id } = contact
  return {
    event: 'contact.erased',
    subject_id: contact_id,
    customer_id,
    contract_id,
    contact_id,
    account_id,
    after: { contact_id, erased_at: now, reason, redacted_history_ids: history_ids },
  }
}
