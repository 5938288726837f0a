import createClient from 'openapi-fetch'
import type { components, paths } from '../generated/sources/openapi-typescript.js'
import {
  confirmationBy,
  isPrimary,
  present,
  restoration,
  stepOf,
  type DutiesAfter,
  type Duty,
  type ErasePerson,
  type ExchangeFiles,
  type FollowEvents,
  type ListContracts,
  type ReadModifyWrite,
  type RestoreAndRename,
} from './tasks.js'

export const readModifyWrite: ReadModifyWrite = async ({ base_url, key, contract_id, contact_id }) => {
  const api = createClient<paths>({ baseUrl: base_url, headers: { Authorization: `Bearer ${key}` } })

  const changeContract = async () => {
    const params = { path: { contract_id } }
    const { data, response } = await api.GET('/v1/contracts/{contract_id}', { params })
    const contract = present(data)
    const header = { 'If-Match': present(response.headers.get('ETag')) }
    const change = async () =>
      await api.PUT('/v1/contracts/{contract_id}', {
        params: { ...params, header },
        body: { ...contract, app_ids: [...contract.app_ids, 'expenses'] },
      })
    return { changed: present((await change()).data), refused: present((await change()).error) }
  }

  const changeContact = async () => {
    const params = { path: { contact_id } }
    const { data, response } = await api.GET('/v1/contacts/{contact_id}', { params })
    const contact = present(data)
    const header = { 'If-Match': present(response.headers.get('ETag')) }
    const change = async () =>
      await api.PATCH('/v1/contacts/{contact_id}', {
        params: { ...params, header },
        body: { ...contact, duties: ['system'] },
      })
    return { changed: present((await change()).data), refused: present((await change()).error) }
  }

  const changeRoster = async () => {
    const params = { path: { contract_id } }
    const { data, response } = await api.GET('/v1/contracts/{contract_id}/roster', { params })
    const roster = present(data)
    const header = { 'If-Match': present(response.headers.get('ETag')) }
    const change = async (duty: Duty) =>
      await api.PUT('/v1/contracts/{contract_id}/roster', {
        params: { ...params, header },
        body: {
          ...roster,
          contacts: roster.contacts.map(contact => (isPrimary(contact) ? { ...contact, duties: [duty] } : contact)),
        },
      })
    return { changed: present((await change('operations')).data), refused: present((await change('contract')).error) }
  }

  return { contract: await changeContract(), contact: await changeContact(), roster: await changeRoster() }
}

export const listContracts: ListContracts = async ({ base_url, key }, customer_id) => {
  const api = createClient<paths>({ baseUrl: base_url, headers: { Authorization: `Bearer ${key}` } })
  const query = { customer_id: [customer_id], state: ['in_force' as const, 'not_yet_in_force' as const] }
  const { data } = await api.GET('/v1/contracts', { params: { query } })
  const page = present(data)
  if (typeof page === 'string') throw new Error('a file, which nothing asked for')
  return page.items.map(({ contract_id }) => contract_id)
}

export const restoreAndRename: RestoreAndRename = async (registry, primary_contact_id) => {
  const api = createClient<paths>({
    baseUrl: registry.base_url,
    headers: { Authorization: `Bearer ${registry.key}` },
  })
  const filed = present((await api.POST('/v1/change-requests', { body: restoration(registry) })).data)
  const params = { path: { change_request_id: filed.change_request_id } }
  const confirmed = await api.POST('/v1/change-requests/{change_request_id}/confirm', {
    params,
    body: confirmationBy(primary_contact_id),
  })
  const applied = await api.POST('/v1/change-requests/{change_request_id}/apply', { params })
  const { data } = await api.POST('/v1/person-changes', {
    body: { contact_id: primary_contact_id, changes: { family_name: '鈴木' } },
  })
  const renamed = present(data)
  if (!('contacts' in renamed)) throw new Error('a request, which nothing asked for')
  return {
    filed: stepOf(filed),
    confirmed: stepOf(present(confirmed.data)),
    applied: stepOf(present(applied.data)),
    names: renamed.contacts.map(({ name }) => present(name)),
  }
}

export const exchangeFiles: ExchangeFiles = async ({ base_url, key }, { table, users }) => {
  const api = createClient<paths>({ baseUrl: base_url, headers: { Authorization: `Bearer ${key}` } })
  const received = await api.POST('/v1/imports', {
    params: { query: { dry_run: true } },
    headers: { 'Content-Type': 'text/csv' },
    body: table,
    bodySerializer: asItIs,
  })
  const steps = await api.POST('/v1/account-drift-reports', {
    headers: { 'Content-Type': 'application/x-ndjson' },
    body: users,
    bodySerializer: asItIs,
    parseAs: 'text',
  })
  const file = await api.GET('/v1/contacts', {
    params: { query: { purpose: 'inquiries' } },
    headers: { Accept: 'text/csv' },
    parseAs: 'text',
  })
  return { received: present(received.data), steps: present(steps.data), file: present(file.data) }
}

// Without it, the client makes JSON of every body.
const asItIs = (body: string) => body

export const followEvents: FollowEvents = async ({ base_url, key, contact_id }, after) => {
  const api = createClient<paths>({ baseUrl: base_url, headers: { Authorization: `Bearer ${key}` } })
  const query = { after, wait: 20, types: EVENTS }
  const { items, next_cursor } = present((await api.GET('/v1/events', { params: { query } })).data)
  const types = items.filter(event => event.contact_id === contact_id).map(({ type }) => type)
  return { types, next_cursor }
}

const EVENTS = ['contact.registered' as const, 'contact.changed' as const]

export const erasePerson: ErasePerson = async ({ base_url, key, contact_id }) => {
  const api = createClient<paths>({ baseUrl: base_url, headers: { Authorization: `Bearer ${key}` } })
  const body = { contact_ids: [contact_id], reason: 'requested' as const }
  const { data, error } = await api.POST('/v1/personal-data-erasures', { body })
  if (error !== undefined) return { refused: error.type }
  return { erased: data.erased.map(one => one.contact_id) }
}

export const dutiesAfter: DutiesAfter<components['schemas']['WebhookMessage']> = message =>
  message.type === 'contact.changed' ? message.data.after?.duties : undefined
