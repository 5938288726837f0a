import type { Db } from '#db/driver/database.ts'
import {
  listAddressesOfLeavers,
  listExternalIdsEver,
  listOthersAddresses,
  lockErasableAccounts,
  type ErasableAccount,
} from '#db/personal-data/erasure-reach.ts'
import { listHistoryOfContacts } from '#db/personal-data/personal-data.ts'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import type { Contact } from '#domain/contact.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import { tracesOf } from '#domain/personal-data/known-traces.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import type { ErasedTraces } from '#domain/personal-data/redactor.ts'

/** A person to erase: all contacts at one customer, and the accounts at addresses that no other person has or had. */
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
  const [accounts, others, external] = await Promise.all([
    lockErasableAccounts(db, account_ids),
    othersAddresses(db, { account_ids, email_keys }, contact_ids),
    listExternalIdsEver(db, { account_ids, customer_ids }),
  ])
  return known.map(({ had, ...person }) => {
    const own_keys = person.traces.email_keys.difference(others)
    const isOwn = ({ account_id, is_open, email_key }: ErasableAccount): boolean =>
      had.includes(account_id) && !is_open && own_keys.has(email_key)
    const own = accounts.filter(isOwn).map(({ account_id }) => account_id)
    const linked = external.filter(({ account_id }) => own.includes(account_id))
    return {
      ...person,
      account_ids: own,
      accounts_ever: new Set(had),
      own_keys,
      external_ids: new Set(linked.map(({ external_id }) => external_id)),
    }
  })
}

/**
 * Which of the people's addresses others have or had, who are not erased. An account follows its people to another
 * address: so it belongs to those who have or had the address that it has now.
 */
async function othersAddresses(
  db: Db,
  of: { account_ids: readonly string[]; email_keys: readonly string[] },
  contact_ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const [email_keys, left] = await Promise.all([
    listOthersAddresses(db, of.email_keys, contact_ids),
    listAddressesOfLeavers(db, of, contact_ids),
  ])
  return new Set([...email_keys, ...left.map(email => parseEmailAddress(email)?.email_key ?? email)])
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
