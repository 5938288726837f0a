import { NOTICE } from './fixtures.ts'
import {
  CONTRACTS,
  CUSTOMERS,
  FIRST_DAY,
  type ChangeStep,
  type ContractTerms,
  type Operation,
  type OperationOf,
} from './registry-operations.ts'
import type { Answer, Call } from './test-service.ts'

type Request<Kind extends Operation['kind']> = (call: Call, operation: OperationOf<Kind>) => Promise<Answer>

const REQUESTS: { [Kind in Operation['kind']]: Request<Kind> } = {
  grant: () => {
    throw new Error('the client that made the agent changes its scopes')
  },
  register: async (call, { contract_id, role, person }) =>
    await call('POST', `/v1/contracts/${contract_id}/contacts`, { role, ...newContact(person) }),
  update: async (call, { contact_id, patch }) => await call('PATCH', `/v1/contacts/${contact_id}`, patch),
  remove: async (call, { contact_id }) => await call('DELETE', `/v1/contacts/${contact_id}`),
  restore: async (call, { contact_id, kind: _kind, ...body }) =>
    await call('POST', `/v1/contacts/${contact_id}/restore`, body),
  person: async (call, { kind: _kind, ...body }) =>
    await call('POST', '/v1/person-changes', { ...body, ...('successors' in body && { leaves: true }) }),
  'hand over': async (call, { contract_id, contact_id, former_primary }) =>
    await call('PUT', `/v1/contracts/${contract_id}/primary`, { contact_id, former_primary }),
  replace: async (call, { contract_id, person, former_primary }) =>
    await call('PUT', `/v1/contracts/${contract_id}/primary`, { new_contact: newContact(person), former_primary }),
  bill: async (call, operation) =>
    await call('PUT', `/v1/contracts/${operation.contract_id}`, contractTerms(operation)),
  succeed: async (call, { kind: _kind, ...body }) => await call('POST', '/v1/successions', body),
  transfer: async (call, { kind: _kind, ...body }) => await call('POST', '/v1/transfers', body),
  roster: async (call, { contract_id, contacts, confirm_removals }) =>
    await call(
      'PUT',
      `/v1/contracts/${contract_id}/roster`,
      { contacts: contacts.map(newContact), ...(confirm_removals !== undefined && { confirm_removals }) },
      { 'if-match': '*' },
    ),
  form: async (call, { contract_id, form_version, contacts }) =>
    await call('POST', `/v1/contracts/${contract_id}/application-form`, {
      form_version,
      privacy_notice_version: NOTICE,
      contacts,
    }),
  ask: async (call, { contract_id, concerns_contract, effective_on, requester, operations, confirm_removals }) =>
    await call('POST', '/v1/change-requests', {
      contract_id,
      concerns_contract,
      effective_on,
      requested_by: { ...requester, channel: 'mail' },
      operations: operations.map(stepBody),
      ...(confirm_removals !== undefined && { confirm_removals }),
    }),
  confirm: async (call, { change_request_id, contact_id }) =>
    await call('POST', `/v1/change-requests/${change_request_id}/confirm`, {
      confirmed_by: { contact_id },
      channel: 'phone',
    }),
  approve: decide(),
  apply: decide(),
  reject: decide({ reason: 'x' }),
  withdraw: decide({}),
}

/** Asks a service to do it. */
export async function perform(call: Call, operation: Operation): Promise<Answer> {
  const request = REQUESTS[operation.kind] as Request<Operation['kind']>
  return await request(call, operation)
}

function decide(
  body?: object,
): (call: Call, operation: OperationOf<'approve' | 'apply' | 'reject' | 'withdraw'>) => Promise<Answer> {
  return async (call, { kind, change_request_id }) =>
    await call('POST', `/v1/change-requests/${change_request_id}/${kind}`, body)
}

/** The contracts as they are at first: data_link, so that billing's connections move the limit. */
export async function prepareContracts(call: Call): Promise<void> {
  for (const customer_id of CUSTOMERS)
    await call('PUT', `/v1/customers/${customer_id}`, { name: `株式会社${customer_id}` })
  const terms = { connections: 2, starts_on: FIRST_DAY, ends_on: null }
  for (const [contract_id, customer_id] of Object.entries(CONTRACTS))
    await call('PUT', `/v1/contracts/${contract_id}`, contractTerms({ customer_id, ...terms }))
}

function contractTerms({ customer_id, connections, starts_on, ends_on }: ContractTerms & { customer_id: string }) {
  return { customer_id, product_id: 'data_link', app_ids: [], connections, starts_on, ends_on }
}

function newContact(person: object): object {
  return { ...person, privacy_notice_version: NOTICE }
}

function stepBody(step: ChangeStep): object {
  if ('contact' in step) return { ...step, contact: newContact(step.contact) }
  return 'new_contact' in step ? { ...step, new_contact: newContact(step.new_contact) } : step
}
