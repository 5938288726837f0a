import type { HistoryEntry } from '#db/history.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import type { NameOverride } from '#domain/name-note.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import type { RosterContract, WrittenContact } from '#domain/roster.ts'
import { seatCount } from '#domain/seat-limit.ts'

/** The record of a plan: one entry for each contact and each account that it touches, and for the limit where it is kept again; empty when it changes nothing. */
export function rosterHistory(plan: RosterPlan, contract: RosterContract): HistoryEntry[] {
  const { contract_id, customer_id } = contract
  const { opened, reopened, closed, lapsed, departed, returned } = plan.accounts
  const isOurs = ({ account_id }: { account_id: string }): boolean =>
    !lapsed.some(other => other.account_id === account_id)
  const ofContact = (event: string, { contact_id, account_id }: Contact) => ({
    event,
    subject_id: contact_id,
    customer_id,
    contract_id,
    contact_id,
    account_id,
  })
  const ofAccount = (event: string, account_id: string, after: object): HistoryEntry => ({
    event,
    subject_id: account_id,
    customer_id,
    contract_id,
    account_id,
    after,
  })
  return [
    ...plan.added.map(contact => ({
      ...ofContact('contact.registered', contact),
      after: { ...contactView(contact), ...overrideOf(contact) },
    })),
    ...plan.changed.map(({ before, after }) => ({
      ...ofContact('contact.changed', after),
      before: contactView(before),
      after: { ...contactView(after), ...overrideOf(after) },
    })),
    ...plan.removed.map(contact => ({
      ...ofContact('contact.removed', contact),
      before: contactView({ ...contact, removed_at: null }),
      after: contactView(contact),
    })),
    ...opened.map(({ account_id, email }) => ofAccount('support_account.opened', account_id, { state: 'open', email })),
    ...reopened.map(account_id => ofAccount('support_account.reopened', account_id, { state: 'open' })),
    ...closed.map(account_id => ofAccount('support_account.closed', account_id, { state: 'closed' })),
    // Such an account may be another customer's, and stays in that customer's record.
    ...lapsed.map(({ account_id, customer_id }) => ({
      event: 'support_account.closed',
      subject_id: account_id,
      customer_id,
      account_id,
      after: { state: 'closed' },
    })),
    ...limitEntries(
      contract,
      { limit: contract.seat_limit, used: plan.seats_used },
      contract.over_since,
      plan.over_since,
    ),
    ...departed.map(({ account_id, contact_id }) => ({
      ...ofAccount('support_account.left', account_id, { residual_access: true }),
      contact_id,
    })),
    ...returned.filter(isOurs).map(({ account_id, contact_id }) => ({
      ...ofAccount('support_account.residual_access_ended', account_id, { residual_access: false }),
      contact_id,
    })),
  ]
}

/** That somebody vouched for a name, and why: kept in the record alone. */
function overrideOf({ name_note }: WrittenContact): { name_override?: NameOverride } {
  return name_note?.override == null ? {} : { name_override: name_note.override }
}

/** The record of a contract that goes over its limit, or comes back within it (R27). */
export function limitEntries(
  { contract_id, customer_id }: Pick<RosterContract, 'contract_id' | 'customer_id'>,
  { limit, used }: { limit: number; used: number },
  before: string | null,
  after: string | null,
): HistoryEntry[] {
  if ((before === null) === (after === null)) return []
  const event = after === null ? 'contract.came_within_limit' : 'contract.went_over_limit'
  return [
    {
      event,
      subject_id: contract_id,
      contract_id,
      customer_id,
      after: { seats: { limit, used, over: seatCount(limit, used).over } },
    },
  ]
}
