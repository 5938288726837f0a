import { createClient } from '../generated/sources/hey-api/client/index.js'
import * as api from '../generated/sources/hey-api/sdk.gen.js'
import {
  confirmationBy,
  isPrimary,
  present,
  restoration,
  stepOf,
  type Duty,
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
