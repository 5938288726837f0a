import type { Db } from '#db/driver/database.ts'
import { listExternalIdsEver, listOthersAddresses, lockErasableAccounts } from '#db/personal-data/erasure-reach.ts'
import { listHistoryOfContacts } from '#db/personal-data/personal-data.ts'
import type { Contact } from '#domain/contact.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import { tracesOf } from '#domain/personal-data/known-traces.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { ErasedTraces } from '#domain/personal-data/redactor.ts'

/** A person to erase: all contacts at one customer, and the accounts that no other person has or had. */
export type ErasablePerson = ErasedTraces & {
  contacts: readonly Contact[]
  account_ids: readonly string[]
  /** Every account that the person ever had, also those that others have or had. */
  accounts_ever: ReadonlySet<string>
}

/** The people whose contacts these are, by what they are recognised (R19). Their accounts are locked. */
export async function findErasablePeople(db: Db, contacts: readonly Contact[]): Promise<ErasablePerson[]> {
  const contact_ids = contacts.map(({ contact_id }) => contact_id)
  const history = Map.groupBy(await listHistoryOfContacts(db, contact_ids), ({ contact_id }) => contact_id ?? '')
  const known = [...Map.groupBy(contacts, personKey).values()].map(own => {
    const entries = own.flatMap(({ contact_id }) => history.get(contact_id) ?? [])
    return { contacts: own, traces: tracesOf(own, entries), had: accountsEver(own, entries) }
  })
  const account_ids = [...new Set(known.flatMap(({ had }) => had))].toSorted()
  const email_keys = [...new Set(known.flatMap(({ traces }) => [...traces.email_keys]))]
  const customer_ids = [...new Set(contacts.map(({ customer_id }) => customer_id))]
  const [accounts, shared, external] = await Promise.all([
    lockErasableAccounts(db, account_ids, contact_ids),
    listOthersAddresses(db, email_keys, contact_ids),
    listExternalIdsEver(db, { account_ids, customer_ids }),
  ])
  const owned = new Set(accounts.filter(account => !account.is_others_too).map(({ account_id }) => account_id))
  return known.map(({ had, ...person }) => {
    const own = had.filter(account_id => owned.has(account_id))
    const linked = external.filter(({ account_id }) => own.includes(account_id))
    return {
      ...person,
      account_ids: own,
      accounts_ever: new Set(had),
      own_keys: person.traces.email_keys.difference(new Set(shared)),
      external_ids: new Set(linked.map(({ external_id }) => external_id)),
    }
  })
}

function personKey(contact: Contact): string {
  return `${contact.customer_id} ${nameKey(contact)}`
}

/** The accounts that contacts have, and those that history says they had. */
function accountsEver(contacts: readonly Contact[], history: readonly HistoryRecord[]): string[] {
  const then = history.flatMap(({ account_id, before, after }) => [
    account_id,
    before?.['account_id'],
    after?.['account_id'],
  ])
  const all = [...contacts.map(({ account_id }) => account_id), ...then]
  return [...new Set(all.filter(account_id => typeof account_id === 'string'))]
}
