import type { Call } from './test-service.ts'

/** Where a thing of an event is read, the schema of its answer, and which of its fields an event does not have. */
type Reading = { path: (id: string) => string; schema: string; apart?: readonly string[] }

const READINGS: Record<string, Reading> = {
  customer: { path: id => `/v1/customers/${id}`, schema: 'Customer' },
  product: { path: id => `/v1/products/${id}`, schema: 'Product' },
  app: { path: id => `/v1/apps/${id}`, schema: 'App' },
  contract: { path: id => `/v1/contracts/${id}`, schema: 'Contract' },
  contact: { path: id => `/v1/contacts/${id}`, schema: 'Contact' },
  support_account: { path: id => `/v1/support-accounts/${id}`, schema: 'SupportAccount' },
  application_form: { path: id => `/v1/contracts/${id}/application-form`, schema: 'ApplicationForm' },
  change_request: {
    path: id => `/v1/change-requests/${id}`,
    schema: 'ChangeRequest',
    apart: ['plan', 'contract_plans'], // what applying it would do: as lists, events leave it out
  },
  import: { path: id => `/v1/imports/${id}`, schema: 'Import' },
  webhook_endpoint: { path: id => `/v1/webhook-endpoints/${id}`, schema: 'WebhookEndpoint' },
  api_client: { path: id => `/v1/api-clients/${id}`, schema: 'ApiClient' },
}

/** The place in the document of the schema that the data of an event fits. */
export function schemaOf(type: string): string {
  return `/components/schemas/${readingOf(type).schema}`
}

/** What the service answers of the thing of an event, as far as events have it; null where there is none. */
export async function answeredOf(call: Call, { type, subject_id }: { type: string; subject_id: string }) {
  const { path, apart = [] } = readingOf(type)
  const { status, body } = await call('GET', path(subject_id))
  if (status === 404) return null
  return Object.fromEntries(Object.entries(body).filter(([field]) => !apart.includes(field)))
}

function readingOf(type: string): Reading {
  const reading = READINGS[type.split('.')[0]!]
  if (reading === undefined) throw new Error(`where is the thing of ${type} read?`)
  return reading
}
