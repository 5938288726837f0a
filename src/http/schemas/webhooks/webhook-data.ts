import { Type } from 'typebox'
import type { Kind } from '#domain/history/event-types.ts'
import { component, nullable, nullableRef, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import { ApiClient } from '#http/schemas/api-clients/api-clients.ts'
import { ApplicationForm } from '#http/schemas/contracts/application-forms.ts'
import { App, Product } from '#http/schemas/contracts/catalogue.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { Contract } from '#http/schemas/contracts/contracts.ts'
import { Customer } from '#http/schemas/contracts/customers.ts'
import { SeatNumbers } from '#http/schemas/history/events.ts'
import {
  ACCOUNT_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  WEBHOOK_ENDPOINT_ID,
} from '#http/schemas/examples.ts'
import { Snapshot } from '#http/schemas/snapshot.ts'
import { SupportAccount } from '#http/schemas/accounts/support-accounts.ts'
import { WebhookEndpoint } from '#http/schemas/webhooks/webhook-endpoints.ts'

const masterText = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

const ids = {
  event_id: Type.Integer({ format: 'int64', description: 'The event, as in `GET /v1/events`.', examples: [2048] }),
  subject_id: Type.String({ description: 'The id of the thing that `type` names.', examples: [CONTACT_ID] }),
  customer_id: masterText('The customer, if any.', CUSTOMER_ID),
  contract_id: masterText('The contract, if any.', CONTRACT_ID),
  contact_id: nullable(ownId('The contact; null unless `type` begins with `contact.`.', CONTACT_ID)),
  account_id: nullable(ownId('The support account, if any.', ACCOUNT_ID)),
  change_request_id: nullable(ownId('The change request, if any.', CHANGE_REQUEST_ID)),
}

const CHANGED = 'Only with `include_data`, and only for a client that may read the thing.'

/** What a delivery of an event says: ids, and with `include_data` the thing before and after the change. */
function dataOf(name: string, thing: NamedSchema, more = {}): NamedSchema {
  return component(
    name,
    Type.Object(
      {
        ...ids,
        ...more,
        before: Type.Optional(nullableRef(ref(thing), `The thing before; null if there was none. ${CHANGED}`)),
        after: Type.Optional(nullableRef(ref(thing), `The thing after; null if there is none. ${CHANGED}`)),
      },
      { description: 'What the event is about: ids, and with `include_data` what changed.' },
    ),
  )
}

const seats = Type.Optional(nullableRef(ref(SeatNumbers), `The seats of the contract after the change. ${CHANGED}`))

/** The data of each kind of event. Texts for people need a language, so that requests and imports lack theirs here. */
export const WEBHOOK_DATA: Readonly<Record<Kind, NamedSchema>> = {
  contract: dataOf('ContractWebhookData', Contract),
  contact: dataOf('ContactWebhookData', Contact, { seats }),
  support_account: dataOf('SupportAccountWebhookData', SupportAccount),
  application_form: dataOf('ApplicationFormWebhookData', ApplicationForm),
  change_request: dataOf('ChangeRequestWebhookData', Snapshot),
  customer: dataOf('CustomerWebhookData', Customer),
  product: dataOf('ProductWebhookData', Product),
  app: dataOf('AppWebhookData', App),
  import: dataOf('ImportWebhookData', Snapshot),
  history: dataOf('HistoryWebhookData', Snapshot),
  webhook_endpoint: dataOf('WebhookEndpointWebhookData', WebhookEndpoint),
  api_client: dataOf('ApiClientWebhookData', ApiClient),
}

export const WebhookTestData = component(
  'WebhookTestData',
  Type.Object(
    { endpoint_id: ownId('The endpoint.', WEBHOOK_ENDPOINT_ID) },
    { description: 'What a test is about: the endpoint.' },
  ),
)

/** The named schemas of this file. */
export const webhookDataComponents: readonly NamedSchema[] = [...Object.values(WEBHOOK_DATA), WebhookTestData]
