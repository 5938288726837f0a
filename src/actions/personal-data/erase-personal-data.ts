import type { ActionContext } from '#actions/support/action-context.ts'
import { findErasablePeople, type ErasablePerson } from '#actions/support/personal-data/erasable-people.ts'
import { addressHashKey, erasedAddress } from '#actions/support/personal-data/erased-address.ts'
import { erasedAccountEntries } from '#actions/support/personal-data/erasure-record.ts'
import { erasedContactEntries } from '#actions/support/personal-data/erased-contact-entries.ts'
import {
  findEntriesInScope,
  findErasureScope,
  findRequestsInScope,
  isInScope,
  type ErasureScope,
} from '#actions/support/personal-data/erasure-scope.ts'
import { lockErasure } from '#actions/support/personal-data/erasure-work.ts'
import { eraseRecords } from '#actions/support/personal-data/erase-records.ts'
import { lockRosters } from '#actions/support/rosters/lock-roster.ts'
import { withIdempotency, type IdempotentOutcome, type UncommittedWrite } from '#actions/support/with-idempotency.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { lockThings } from '#db/driver/locks.ts'
import { listRedactedRequestIds } from '#db/personal-data/erasure-reach.ts'
import { deleteDriftData } from '#db/personal-data/erasures.ts'
import {
  updateAccountsErased,
  updateContactsErased,
  updateLeftAddressesErased,
} from '#db/personal-data/erased-people.ts'
import { insertHistory } from '#db/history/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import type { ImportText } from '#db/imports/import-text-redaction.ts'
import { listContactsOfPeople } from '#db/personal-data/personal-data.ts'
import type { Caller } from '#domain/caller.ts'
import type { Contact } from '#domain/contact.ts'
import type { ErasureReason } from '#domain/vocabulary.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { redactorOf } from '#domain/personal-data/redactor.ts'
import { RefusedError } from '#domain/refusal.ts'

export type Erasure = {
  contact_ids: readonly string[]
  reason: ErasureReason
  caller: Caller
  key?: IdempotencyKey | undefined
}

/** What was erased, by id: contacts, and the change requests that no longer name the people. */
export type Erased = {
  erased: { contact_id: string; contract_id: string; account_id: string; erased_at: string }[]
  change_request_ids: string[]
}

/**
 * Erases people who are no contacts any more (R33): names and addresses leave every record, ids and times stay. Other
 * contacts of the same person are erased too. Refuses a contact that the registry does not hold, and a person who is
 * still registered. A person who was erased before is answered as then.
 */
export async function erasePersonalData(context: ActionContext, erasure: Erasure): Promise<IdempotentOutcome<Erased>> {
  const named = await listContactsOfPeople(context.database, erasure.contact_ids, context.clock.today())
  const scope = await findErasureScope(context.database, named.filter(isPresent))
  return await withIdempotency(context, erasure.key, async trx => await eraseOnce(context, trx, erasure, scope))
}

async function eraseOnce(
  context: ActionContext,
  trx: Transaction,
  { contact_ids, reason, caller }: Erasure,
  scope: ErasureScope,
): Promise<UncommittedWrite<Erased>> {
  const imports = await lockScope(context, trx, scope)
  const contacts = await listContactsOfPeople(trx, contact_ids, context.clock.today())
  assertErasable(contacts, contact_ids)
  const now = context.clock.now()
  const before = await listRedactedRequestIds(
    trx,
    contacts.map(({ contact_id }) => contact_id),
  )
  const people = await findErasablePeople(trx, contacts.filter(isPresent))
  const { statements, requests } = await erasePeople(trx, people, {
    reason,
    caller,
    now,
    today: context.clock.today(),
    scope,
    imports,
  })
  const change_request_ids = [...new Set([...before, ...requests])].toSorted()
  return { value: { erased: contacts.map(contact => erasedView(contact, now)), change_request_ids }, statements }
}

/** Locks what an erasure changes, in the order of all transactions: imports, requests, contracts, addresses. */
async function lockScope(context: ActionContext, trx: Transaction, scope: ErasureScope): Promise<ImportText[]> {
  const imports = await lockErasure(trx, scope.change_request_ids)
  await lockRosters(context, trx, scope.contract_ids)
  await lockThings(trx, 'address', scope.email_keys)
  return imports
}

function isPresent({ erased_at }: Contact): boolean {
  return erased_at == null
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

type Way = {
  reason: ErasureReason
  caller: Caller
  now: string
  today: string
  scope: ErasureScope
  imports: ImportText[]
}

async function erasePeople(
  trx: Transaction,
  people: readonly ErasablePerson[],
  { reason, caller, now, today, scope, imports }: Way,
): Promise<{ statements: Statement<unknown>[]; requests: string[] }> {
  if (people.length === 0) return { statements: [], requests: [] }
  const redact = redactorOf(people)
  const change = { ...caller, occurred_at: now }
  const hash_key = await addressHashKey(trx)
  const erased = await eraseRecords(trx, redact, change, {
    ...scope,
    imports,
    history_ids: await findEntriesInScope(trx, scope),
    requests: await findRequestsInScope(trx, scope),
    mayName: outcome => isInScope(scope, outcome),
    hadAccount: (place, account_id) => people[place]?.accounts_ever.has(account_id) === true,
  })
  const said = { now, reason, ...erased }
  return {
    requests: erased.requests.map(({ id }) => id),
    statements: [
      ...erased.statements,
      ...people.flatMap(person => writtenRemains(person, hash_key, now)),
      insertHistory(change, [
        ...people.flatMap((person, place) => erasedContactEntries(person, place, said)),
        ...(await erasedAccountEntries(trx, people, { now, today })),
      ]),
    ],
  }
}

/** What stays of a person: a word that is the same for all contacts, and the hashes of the addresses. */
function writtenRemains(
  { contacts, account_ids, traces, own_keys, external_ids }: ErasablePerson,
  hash_key: Buffer,
  now: string,
): Statement<unknown>[] {
  const family_name = `[${contacts[0]?.contact_id ?? ''}]`
  const name_key = nameKey({ family_name, given_name: null })
  const hashes = [...traces.email_keys].map(email_key => ({
    email_key,
    erased_key: erasedAddress(email_key, hash_key),
  }))
  const remains = contacts.map(({ contact_id, email_key }) => ({
    contact_id,
    family_name,
    name_key,
    email_key: erasedAddress(email_key, hash_key),
  }))
  const contact_ids = contacts.map(({ contact_id }) => contact_id)
  return [
    deleteDriftData({ email_keys: [...own_keys], external_ids: [...external_ids] }),
    updateContactsErased(remains, now),
    updateAccountsErased(account_ids, hashes, now),
    updateLeftAddressesErased(contact_ids, hashes),
  ]
}
