import type { Change, Draw } from './random-changes.ts'
import { randomNewcomer } from './random-contact-changes.ts'
import type { Answer } from './test-service.ts'

/** What other systems report about an account: the support site, the mail gateway and the help desk. */
const report = async ({ call, random, now, unique }: Draw): Promise<Answer | undefined> => {
  const { items } = (await call('GET', '/v1/support-accounts?state=open&limit=200')).body
  if (items.length === 0) return undefined
  const account = random.pick<any>(items)
  const others = ['unknown', 'reachable', 'bounced'].filter(state => state !== account.mail_state)
  return await call(
    'PATCH',
    `/v1/support-accounts/${account.account_id}`,
    random.pick<object>([
      { password_set_at: account.password_set_at === null || random.isIn(70) ? now : null },
      { mail_state: random.pick(others) },
      { external_id: account.external_id === null ? `user-${unique}` : null },
    ]),
  )
}

/** R33: a removed person is erased. */
const erase = async ({ call, random, contract }: Draw): Promise<Answer | undefined> => {
  const search = { contract_id: contract.contract_id, include_removed: true, limit: 200 }
  const { items } = (await call('POST', '/v1/contact-searches', search)).body
  const removed = items.filter(({ removed_at, erased_at }: any) => removed_at !== null && erased_at === undefined)
  if (removed.length === 0) return undefined
  const { contact_id } = random.pick<any>(removed)
  return await call('POST', '/v1/personal-data-erasures', { contact_ids: [contact_id], reason: 'requested' })
}

/** R39: a customer, a contract and its first contacts, or contacts for a contract that is there. */
const sendImport = async (draw: Draw): Promise<Answer> => {
  const { call, random, unique, contract, contacts } = draw
  const { customer_id } = contract
  const contract_id = random.isIn(50) ? contract.contract_id : `imported-${unique}`
  const terms = { customer_id, product_id: 'manage', app_ids: [], connections: 0 }
  const isNew = contract_id !== contract.contract_id
  const { privacy_notice_version: _notice, ...newcomer } = randomNewcomer(draw)
  const role = isNew || contacts.length === 0 ? 'primary' : 'secondary'
  const lines = [
    { type: 'customer', customer_id: `imported-${random.below(4)}`, name: `株式会社${unique}` },
    ...(isNew ? [{ type: 'contract', contract_id, ...terms, starts_on: '2024-04-01', ends_on: null }] : []),
    { type: 'contact', contract_id, role, ...newcomer },
  ]
  const body = lines.map(line => `${JSON.stringify(line)}\n`).join('')
  return await call('POST', '/v1/imports', body, { 'content-type': 'application/x-ndjson' })
}

const endImport = async ({ call, random }: Draw): Promise<Answer | undefined> => {
  const { items } = (await call('GET', '/v1/imports?limit=200')).body
  if (items.length === 0) return undefined
  const { import_id, ended_at } = random.pick<any>(items)
  return ended_at === null
    ? await call('POST', `/v1/imports/${import_id}/cancel`)
    : await call('DELETE', `/v1/imports/${import_id}`)
}

const SCOPES = ['contacts:read', 'contacts:write', 'requests:read', 'requests:write', 'requests:confirm']

const changeClient = async ({ call, random, unique }: Draw): Promise<Answer> => {
  const { items } = (await call('GET', '/v1/api-clients?state=active&limit=200')).body
  if (items.length < 3 || random.isIn(20))
    return await call('POST', '/v1/api-clients', { name: `A client ${unique}`, scopes: SCOPES })
  const { client_id, keys } = random.pick<any>(items)
  const path = `/v1/api-clients/${client_id}`
  const kind = random.below(4)
  if (kind === 0)
    return await call('PATCH', path, { name: `A client ${unique}`, scopes: SCOPES.slice(random.below(4)) })
  if (kind === 1) return await call('POST', `${path}/keys`, { overlap_seconds: 86_400 })
  if (kind === 2 && keys.length > 1) return await call('DELETE', `${path}/keys/${keys[0].key_id}`)
  return await call('DELETE', `${path}?children=adopt`)
}

const changeEndpoint = async ({ call, random, unique }: Draw): Promise<Answer> => {
  const { items } = (await call('GET', '/v1/webhook-endpoints?limit=200')).body
  if (items.length < 3)
    return await call('POST', '/v1/webhook-endpoints', {
      url: `http://127.0.0.1:9/${unique}`,
      types: ['history.redacted'],
    })
  const { endpoint_id, state } = random.pick<any>(items)
  const path = `/v1/webhook-endpoints/${endpoint_id}`
  const kind = random.below(4)
  if (kind === 0) return await call('PATCH', path, { description: `CRM ${unique}` })
  if (kind === 1) return await call('PATCH', path, { state: state === 'enabled' ? 'disabled' : 'enabled' })
  if (kind === 2) return await call('POST', `${path}/secrets`, { overlap_seconds: random.pick([0, 86_400]) })
  return await call('DELETE', path)
}

export const ADMINISTRATION: readonly Change[] = [
  { share: 70, name: 'report', make: report },
  { share: 15, name: 'erase', make: erase },
  { share: 25, name: 'import', make: sendImport },
  { share: 10, name: 'end import', make: endImport },
  { share: 20, name: 'API client', make: changeClient },
  { share: 20, name: 'webhook endpoint', make: changeEndpoint },
]
