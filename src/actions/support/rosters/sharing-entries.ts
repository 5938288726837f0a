import { contactEntry, seatNumbers } from '#actions/support/rosters/roster-history.ts'
import { listContactsOfAccounts } from '#db/rosters/contacts.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import type { HistoryEntry } from '#db/history/history.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import type { RosterPlan } from '#domain/rosters/roster-plan.ts'

/**
 * R37: the record of contacts of which plans change only that others use their mailbox too, or no longer do: on any
 * contract. They are looked up only where that changes.
 */
export async function sharingEntries(
  trx: Transaction,
  plans: readonly RosterPlan[],
  today: string,
): Promise<HistoryEntry[]> {
  const sharing = new Map(plans.flatMap(changedSharing))
  if (sharing.size === 0) return []
  const seats = new Map(plans.map(plan => [plan.contract.contract_id, seatNumbers(plan)]))
  const recorded = new Set(plans.flatMap(recordedIds))
  const contacts = await listContactsOfAccounts(trx, [...sharing.keys()], today)
  return contacts
    .filter(({ contact_id }) => !recorded.has(contact_id))
    .map(contact => sharingEntry(contact, sharing.get(contact.account_id), seats.get(contact.contract_id)))
}

type Sharing = { was: boolean; is: boolean }

function sharingEntry(contact: Contact, sharing: Sharing | undefined, contract_seats: object | undefined) {
  const after = contactView({ ...contact, mailbox_shared: sharing?.is ?? contact.mailbox_shared })
  return {
    ...contactEntry('contact.changed', contact),
    before: contactView({ ...contact, mailbox_shared: sharing?.was ?? contact.mailbox_shared }),
    after: { ...after, ...(contract_seats && { contract_seats }) },
  }
}

function changedSharing({ records }: RosterPlan): [string, Sharing][] {
  return [...records].flatMap(([account_id, { before, after, told }]): [string, Sharing][] => {
    const is = after.shared
    const isTold = [before, told ?? before].every(view => view === null || view.shared === is)
    return isTold ? [] : [[account_id, { was: !is, is }]]
  })
}

function recordedIds({ added, changed, removed }: RosterPlan): string[] {
  return [...added, ...changed.map(({ after }) => after), ...removed].map(({ contact_id }) => contact_id)
}
