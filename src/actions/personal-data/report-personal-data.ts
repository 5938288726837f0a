import type { ActionContext } from '#actions/support/action-context.ts'
import { keptAnswersAbout } from '#actions/support/personal-data/kept-answers.ts'
import { listRequestsOfPeople } from '#db/change-requests/change-requests.ts'
import { listImportRowsToRedact } from '#db/imports/import-redaction.ts'
import {
  listContactsEverAt,
  listContactsOfPeople,
  listContractIds,
  listHeldAccounts,
  listHistoryOfContacts,
  listPossibleDeliveries,
  listPossibleDisclosures,
  listRequestedHistory,
} from '#db/personal-data/personal-data.ts'
import type { Contact } from '#domain/contact.ts'
import type { HistoryRecord } from '#domain/history/history-entry.ts'
import { nameKey } from '#domain/names/name-keys.ts'
import { tracesOf } from '#domain/personal-data/known-traces.ts'
import { concernsPerson, type PersonTraces } from '#domain/personal-data/person-traces.ts'
import {
  isNothingHeld,
  personalDataReport,
  type HeldImportRow,
  type PersonalData,
  type PersonalDataReport,
} from '#domain/personal-data/personal-data-report.ts'
import { RefusedError } from '#domain/refusal.ts'

/** Of whom a report is: one of the contacts of the person, or an address; perhaps at one customer alone. */
export type ReportedPerson = { contact_id: string | null; email_key: string | null; customer_id: string | null }

/**
 * All that the registry holds of a person (R33). Refuses a person of whom it holds nothing, without saying more, and an
 * address that several people have or had: a report of one must not show the others.
 */
export async function reportPersonalData(context: ActionContext, person: ReportedPerson): Promise<PersonalDataReport> {
  const contacts = await findContacts(context, person)
  const history = await listHistoryOfContacts(
    context.database,
    contacts.map(({ contact_id }) => contact_id),
  )
  const traces = tracesOf(contacts, history, person.email_key)
  const held = await findHeld(context, contacts, history, traces)
  if (isNothingHeld(held)) throw new RefusedError({ type: 'not-found', resource: 'person' })
  return personalDataReport(held, traces)
}

async function findContacts(context: ActionContext, person: ReportedPerson): Promise<Contact[]> {
  const { database, clock } = context
  const named = person.contact_id === null ? await everAt(context, person.email_key) : [person.contact_id]
  const found = await listContactsOfPeople(database, named, clock.today())
  const contacts = found.filter(({ customer_id }) => person.customer_id === null || customer_id === person.customer_id)
  if (new Set(contacts.map(nameKey)).size > 1 && person.contact_id === null)
    throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/contact_id', code: 'required' }] })
  return contacts
}

async function everAt({ database }: ActionContext, email_key: string | null): Promise<string[]> {
  return email_key === null ? [] : await listContactsEverAt(database, email_key)
}

async function findHeld(
  { database, clock }: ActionContext,
  contacts: Contact[],
  history: HistoryRecord[],
  traces: PersonTraces,
): Promise<PersonalData> {
  const now = clock.now()
  const customer_ids = [...new Set(contacts.map(({ customer_id }) => customer_id))]
  const account_ids = [...new Set(contacts.map(({ account_id }) => account_id))]
  const contract_ids = [...new Set(contacts.map(({ contract_id }) => contract_id))]
  const [requests, requested] = await Promise.all([
    listRequestsOfPeople(database, { customer_ids, contract_ids, email_keys: [...traces.email_keys] }),
    customer_ids.length === 0 ? [] : listRequestedHistory(database, await listContractIds(database, customer_ids)),
  ])
  const entries = [...history, ...requested.filter(({ requested_by }) => concernsPerson(requested_by, traces))]
  const from = contacts.map(({ first_registered_at }) => first_registered_at).toSorted()[0]
  const ids = [...traces.contact_ids, ...contract_ids, ...customer_ids, ...account_ids]
  return {
    reported_at: now,
    contacts,
    accounts: await listHeldAccounts(database, account_ids),
    change_requests: requests.filter(request => concernsPerson(request, traces)),
    history: [...new Map(entries.map(entry => [entry.history_id, entry])).values()],
    disclosures:
      from === undefined ? [] : await listPossibleDisclosures(database, { ids, from, to: lastDay(contacts, now) }),
    deliveries: await listPossibleDeliveries(database, {
      contact_ids: [...traces.contact_ids],
      account_ids,
      customer_ids,
    }),
    imports: await importRowsAbout({ database }, customer_ids, traces),
    kept_answers: (await keptAnswersAbout(database, traces)).map(({ client, created_at }) => ({
      client,
      kept_since: created_at,
    })),
  }
}

async function importRowsAbout(
  { database }: Pick<ActionContext, 'database'>,
  customer_ids: readonly string[],
  traces: PersonTraces,
): Promise<HeldImportRow[]> {
  const rows = await listImportRowsToRedact(database, { customer_ids, email_keys: [...traces.email_keys] })
  return rows.filter(({ fields }) => concernsPerson(fields, traces))
}

/** Until when lists may have held a person: until the last removal, or until now. */
function lastDay(contacts: readonly Contact[], now: string): string {
  const ends = contacts.map(({ removed_at }) => removed_at ?? now)
  return ends.toSorted().at(-1) ?? now
}
