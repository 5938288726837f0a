import { createClient } from '../generated/sources/hey-api/client/index.js'
import * as api from '../generated/sources/hey-api/sdk.gen.js'
import type { WebhookMessage } from '../generated/sources/hey-api/types.gen.js'
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
  const client = createClient({ baseUrl: base_url, auth: key })

  const changeContract = async () => {
    const path = { contract_id }
    const { data, response } = await api.getContract({ client, path })
    const contract = present(data)
    const headers = { 'If-Match': present(response?.headers.get('ETag')) }
    const change = async () =>
      await api.putContract({
        client,
        path,
        headers,
        body: { ...contract, app_ids: [...contract.app_ids, 'expenses'] },
      })
    return { changed: present((await change()).data), refused: present((await change()).error) }
  }

  const changeContact = async () => {
    const path = { contact_id }
    const { data, response } = await api.getContact({ client, path })
    const contact = present(data)
    const headers = { 'If-Match': present(response?.headers.get('ETag')) }
    const change = async () =>
      await api.updateContact({ client, path, headers, body: { ...contact, duties: ['system'] } })
    return { changed: present((await change()).data), refused: present((await change()).error) }
  }

  const changeRoster = async () => {
    const path = { contract_id }
    const { data, response } = await api.getRoster({ client, path })
    const roster = present(data)
    const headers = { 'If-Match': present(response?.headers.get('ETag')) }
    const change = async (duty: Duty) =>
      await api.putRoster({
        client,
        path,
        headers,
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
  const client = createClient({ baseUrl: base_url, auth: key })
  const query = { customer_id: [customer_id], state: ['in_force' as const, 'not_yet_in_force' as const] }
  const { data } = await api.listContracts({ client, query })
  return present(data).items.map(({ contract_id }) => contract_id)
}

export const restoreAndRename: RestoreAndRename = async (registry, primary_contact_id) => {
  const client = createClient({ baseUrl: registry.base_url, auth: registry.key })
  const filed = present((await api.requestChange({ client, body: restoration(registry) })).data)
  const path = { change_request_id: filed.change_request_id }
  const confirmed = await api.confirmChangeRequest({ client, path, body: confirmationBy(primary_contact_id) })
  const applied = await api.applyChangeRequest({ client, path })
  const { data } = await api.changePerson({
    client,
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
  const client = createClient({ baseUrl: base_url, auth: key })
  // Of the forms of a body and of an answer, the generated types know the first alone.
  const asCsv = { 'Content-Type': 'text/csv', 'Idempotency-Key': 'hey-api' }
  const text = { bodySerializer: (body: unknown) => String(body) }
  const received = await api.createImport({ client, ...text, headers: asCsv, body: table, query: { dry_run: true } })
  const steps = await api.reportAccountDrift({ client, ...text, body: users, parseAs: 'text' })
  const accept = { Accept: 'text/csv', 'Accept-Language': 'ja' }
  const file = await api.listContacts({ client, headers: accept, query: { purpose: 'inquiries' }, parseAs: 'text' })
  return { received: present(received.data), steps: present(steps.data), file: textOf(present(file.data)) }
}

function textOf(file: unknown): string {
  if (typeof file !== 'string') throw new Error('a page, where a file was asked for')
  return file
}

export const followEvents: FollowEvents = async ({ base_url, key, contact_id }, after) => {
  const client = createClient({ baseUrl: base_url, auth: key })
  const query = { after, wait: 20, types: ['contact.registered' as const, 'contact.changed' as const] }
  const { items, next_cursor } = present((await api.listEvents({ client, query })).data)
  const types = items.filter(event => event.contact_id === contact_id).map(({ type }) => type)
  return { types, next_cursor }
}

export const erasePerson: ErasePerson = async ({ base_url, key, contact_id }) => {
  const client = createClient({ baseUrl: base_url, auth: key })
  const body = { contact_ids: [contact_id], reason: 'requested' as const }
  const { data, error } = await api.erasePersonalData({ client, body })
  if (data === undefined) return { refused: present(error).type }
  return { erased: data.erased.map(one => one.contact_id) }
}

export const dutiesAfter: DutiesAfter<WebhookMessage> = message =>
  message.type === 'contact.changed' ? message.data.after?.duties : undefined
