import { contactAnswer, type Contact } from '#domain/contact.ts'
import { isOpen, type ChangeRequest } from '#domain/change-requests/change-request.ts'
import { personChangeBody } from '#domain/change-requests/person-change.ts'
import { historyEntryView, type HistoryRecord } from '#domain/history/history-entry.ts'
import { concernsPerson, type PersonTraces } from '#domain/personal-data/person-traces.ts'
import type { DisclosureFormat, MailState, Purpose } from '#domain/vocabulary.ts'

/** What the registry holds of an account that a person has or had, without the other people behind it. */
export type HeldAccount = {
  account_id: string
  customer_id: string
  email: string
  opened_at: string
  closed_at: string | null
  in_use_since: string
  password_set_at: string | null
  mail_state: MailState
  external_id: string | null
  former_addresses: { email: string; held_from: string; left_at: string }[]
}

/** The lists of one kind that a client took and that may have held a person. */
export type PossibleDisclosure = {
  client: string
  operation: string
  format: DisclosureFormat
  purpose: Purpose | null
  times: number
  first_taken_at: string
  last_taken_at: string
}

/** The webhooks of one endpoint that said that something happened to a person. */
export type PossibleDelivery = {
  endpoint_id: string
  client: string
  url: string
  /** Whether they said what was changed, so far as the client may read it. */
  include_data: boolean
  times: number
  first_made_at: string
  last_made_at: string
}

/** A row of a received file. */
export type HeldImportRow = { import_id: string; line: number; is_open: boolean; fields: unknown }

/** An answer that is kept for repeats under an `Idempotency-Key`. */
type KeptAnswer = { client: string; kept_since: string }

/** Everything that was found of one person. */
export type PersonalData = {
  reported_at: string
  contacts: Contact[]
  accounts: HeldAccount[]
  change_requests: ChangeRequest[]
  history: HistoryRecord[]
  disclosures: PossibleDisclosure[]
  deliveries: PossibleDelivery[]
  imports: HeldImportRow[]
  kept_answers: KeptAnswer[]
}

/** What a person is in a record: its subject, the person who asked, or who confirmed. */
export const DATA_RELATIONS = ['concerned', 'requester', 'confirmer'] as const
type DataRelation = (typeof DATA_RELATIONS)[number]

/** Whether nothing at all is held of a person. */
export function isNothingHeld({ contacts, change_requests, imports, kept_answers }: PersonalData): boolean {
  return contacts.length + change_requests.length + imports.length + kept_answers.length === 0
}

/**
 * A report to hand to the person (R33): what concerns others is left out. Of a change that the person asked for others,
 * it says that and when.
 */
export function personalDataReport(held: PersonalData, traces: PersonTraces) {
  return {
    reported_at: held.reported_at,
    contacts: held.contacts.map(contactAnswer),
    accounts: held.accounts,
    change_requests: held.change_requests.map(request => requestView(request, traces)),
    history: held.history.map(record => entryView(record, traces)),
    disclosures: held.disclosures,
    deliveries: held.deliveries,
    imports: held.imports.map(row => importRowView(row, traces)),
    kept_answers: held.kept_answers,
  }
}

export type PersonalDataReport = ReturnType<typeof personalDataReport>

function requestView(request: ChangeRequest, traces: PersonTraces) {
  const relations = relationsIn(request, traces)
  const isRequester = relations.includes('requester')
  const person_change = request.person_change === null ? null : personChangeBody(request.person_change)
  const isNamed = (text: string | null): string | null => (isRequester || concernsPerson(text, traces) ? text : null)
  return {
    change_request_id: request.change_request_id,
    contract_id: request.contract_id,
    customer_id: request.customer_id,
    relations,
    state: request.state,
    received_at: request.received_at,
    effective_on: request.effective_on,
    closed_at: isOpen(request) ? null : request.closed_at,
    requested_by: isRequester ? request.requested_by : null,
    subject: isNamed(request.subject),
    reason: isNamed(request.reason),
    operations: request.operations.filter(operation => concernsPerson(operation, traces)),
    person_change: concernsPerson(person_change, traces) ? person_change : null,
    confirmation: request.confirmations.find(({ confirmed_by }) => concernsPerson(confirmed_by, traces)) ?? null,
  }
}

/** A row, and of what it says the parts that concern the person: a list of a contract names others, too. */
function importRowView({ import_id, line, is_open, fields }: HeldImportRow, traces: PersonTraces) {
  const { contacts, ...own } = { contacts: null, ...Object(fields) } as Readonly<Record<string, unknown>>
  const data = Array.isArray(contacts) ? contacts.filter(contact => concernsPerson(contact, traces)) : [own]
  return { import_id, line, is_waiting: is_open, data }
}

function relationsIn(
  { operations, person_change, requested_by, confirmations, subject, reason }: ChangeRequest,
  traces: PersonTraces,
): DataRelation[] {
  const notes = confirmations.flatMap(confirmation => [confirmation.note, confirmation.reason])
  const found = {
    concerned: concernsPerson([operations, person_change, subject, reason, notes], traces),
    requester: concernsPerson(requested_by, traces),
    confirmer: concernsPerson(
      confirmations.map(({ confirmed_by }) => confirmed_by),
      traces,
    ),
  } satisfies Record<DataRelation, boolean>
  return DATA_RELATIONS.filter(relation => found[relation])
}

function entryView(record: HistoryRecord, traces: PersonTraces) {
  const { history_id, event, occurred_at, client, source, contract_id, contact_id, requested_by, before, after } =
    historyEntryView(record)
  const isConcerned = contact_id !== null && traces.contact_ids.has(contact_id)
  const isRequester = concernsPerson(requested_by, traces)
  const relations: DataRelation[] = [
    ...(isConcerned ? ['concerned' as const] : []),
    ...(isRequester ? ['requester' as const] : []),
  ]
  return {
    history_id,
    event,
    occurred_at,
    relations,
    client,
    source,
    contract_id,
    contact_id: isConcerned ? contact_id : null,
    requested_by: isRequester ? requested_by : null,
    before: isConcerned ? before : null,
    after: isConcerned ? after : null,
  }
}
