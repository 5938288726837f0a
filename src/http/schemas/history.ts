import { Type } from 'typebox'
import { component, nullable, nullableRef, ref } from '#http/component.ts'
import { RequestedBy } from '#http/schemas/change-requests.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { contactExamples } from '#http/schemas/contacts.ts'
import { ACCOUNT_ID, CHANGE_REQUEST_ID, CONTACT_ID, CONTRACT_ID, CUSTOMER_ID, REQUEST_ID } from '#http/schemas/examples.ts'

const EVENTS = [
  'contract.created', 'contract.changed', 'contract.seats_changed', 'contract.went_over_limit', 'contract.came_within_limit', 'contract.ended', 'contract.reinstated',
  'contact.registered', 'contact.changed', 'contact.removed', 'application_form.accepted',
  'change_request.received', 'change_request.confirmed', 'change_request.applied', 'change_request.rejected', 'change_request.withdrawn', 'change_request.failed',
  'support_account.opened', 'support_account.reopened', 'support_account.closed', 'support_account.left', 'support_account.residual_access_ended'
] as const

const snapshot = (description: string) => Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'], additionalProperties: true, description })
const masterText = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

const HistoryEntry = component('HistoryEntry', Type.Object({
  history_id: Type.Integer({ description: 'The entry\'s number: entries of one contract bear them in the order in which they happened.', examples: [1024] }),
  event: Type.String({ 'x-extensible-enum': [...EVENTS], description: 'What happened, in the past tense; more may come.', examples: ['contact.changed'] }),
  occurred_at: moment('When it happened.', '2026-04-01T00:30:00.000Z'),
  client: Type.String({ description: 'Which client did it; `madoguchi` for what the service does by itself when a day starts.', examples: ['admin'] }),
  request_id: Type.String({ description: 'Under which request: the `Request-Id` of then.', examples: [REQUEST_ID] }),
  change_request_id: nullable(ownId('Through which change request; null where a client did it directly.', CHANGE_REQUEST_ID)),
  requested_by: nullableRef(ref(RequestedBy), 'Who asked for it, where it came through a change request (R25).'),
  customer_id: masterText('The customer that it is about.', CUSTOMER_ID),
  contract_id: masterText('The contract that it is about.', CONTRACT_ID),
  contact_id: nullable(ownId('The contact that it is about, where it is about one.', CONTACT_ID)),
  account_id: nullable(ownId('The support account that it is about, where it is about one.', ACCOUNT_ID)),
  changed: Type.Array(Type.String({ description: 'One field.', examples: ['duties'] }), { description: 'The fields that differ between `before` and `after`; empty where only one of the two is there.' }),
  before: snapshot('What it was, in the form in which it was answered then; null where there was nothing.'),
  after: snapshot('What it is since, likewise; of a contact that was removed, with `removed_at`.')
}, { description: 'One entry of the record: what changed, when, by which client, asked by whom, under which request (R25, R26).' }))

export const HistoryPage = pageSchema('HistoryPage', HistoryEntry, 'A page of history, the newest entry first.')

const [contact] = contactExamples.page.all.value.items
export const historyExamples = {
  page: {
    duties: { summary: 'A contact whose duties were changed', value: {
      items: [{
        history_id: 1024, event: 'contact.changed', occurred_at: '2026-09-14T23:40:00.000Z', client: 'admin', request_id: REQUEST_ID, change_request_id: null, requested_by: null,
        customer_id: CUSTOMER_ID, contract_id: CONTRACT_ID, contact_id: CONTACT_ID, account_id: ACCOUNT_ID, changed: ['duties'], before: { ...contact!, duties: [] }, after: contact!
      }],
      next_cursor: null
    } }
  }
}
