import * as api from '../generated/sources/orval.js'
import { target } from './orval-target.js'
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
  target.base_url = base_url
  const authorization = { Authorization: `Bearer ${key}` }
  const basedOn = (headers: Headers) => ({
    headers: { ...authorization, 'If-Match': present(headers.get('ETag')) },
  })

  const changeContract = async () => {
    const {
      status,
      data: contract,
      headers,
    } = await api.getContract(contract_id, undefined, { headers: authorization })
    if (status !== 200) throw new Error(`${status}`)
    const change = async () =>
      await api.putContract(contract_id, { ...contract, app_ids: [...contract.app_ids, 'expenses'] }, basedOn(headers))
    const [answer, refusal] = [await change(), await change()]
    if (answer.status !== 200 || refusal.status !== 412) throw new Error(`${answer.status}, ${refusal.status}`)
    return { changed: answer.data, refused: refusal.data }
  }

  const changeContact = async () => {
    const { status, data: contact, headers } = await api.getContact(contact_id, { headers: authorization })
    if (status !== 200) throw new Error(`${status}`)
    const change = async () => await api.updateContact(contact_id, { ...contact, duties: ['system'] }, basedOn(headers))
    const [answer, refusal] = [await change(), await change()]
    if (answer.status !== 200 || refusal.status !== 412) throw new Error(`${answer.status}, ${refusal.status}`)
    return { changed: answer.data, refused: refusal.data }
  }

  const changeRoster = async () => {
    const { status, data: roster, headers } = await api.getRoster(contract_id, undefined, { headers: authorization })
    if (status !== 200) throw new Error(`${status}`)
    const change = async (duty: Duty) =>
      await api.putRoster(
        contract_id,
        {
          ...roster,
          contacts: roster.contacts.map(contact => (isPrimary(contact) ? { ...contact, duties: [duty] } : contact)),
        },
        basedOn(headers),
      )
    const [answer, refusal] = [await change('operations'), await change('contract')]
    if (answer.status !== 200 || refusal.status !== 412) throw new Error(`${answer.status}, ${refusal.status}`)
    return { changed: answer.data, refused: refusal.data }
  }

  return { contract: await changeContract(), contact: await changeContact(), roster: await changeRoster() }
}

export const listContracts: ListContracts = async ({ base_url, key }, customer_id) => {
  target.base_url = base_url
  // Where one form of an answer is lines of JSON, this generator gives every form as a stream.
  const answer = await api.listContracts(
    { customer_id: [customer_id], state: ['in_force', 'not_yet_in_force'] },
    { headers: { Authorization: `Bearer ${key}` } },
  )
  if (answer.status !== 200 || !('stream' in answer)) throw new Error(`${answer.status}`)
  const page = (await (answer.stream as Response).json()) as api.ContractPage
  return page.items.map(({ contract_id }) => contract_id)
}

export const restoreAndRename: RestoreAndRename = async (registry, primary_contact_id) => {
  target.base_url = registry.base_url
  const options = { headers: { Authorization: `Bearer ${registry.key}` } }
  const filed = await api.requestChange(restoration(registry), options)
  if (filed.status !== 201) throw new Error(`${filed.status}`)
  const { change_request_id } = filed.data
  const confirmed = await api.confirmChangeRequest(change_request_id, confirmationBy(primary_contact_id), options)
  const applied = await api.applyChangeRequest(change_request_id, options)
  const renamed = await api.changePerson({ contact_id: primary_contact_id, changes: { family_name: '鈴木' } }, options)
  if (confirmed.status !== 200 || applied.status !== 200 || renamed.status !== 200)
    throw new Error(`${confirmed.status}, ${applied.status}, ${renamed.status}`)
  return {
    filed: stepOf(filed.data),
    confirmed: stepOf(confirmed.data),
    applied: stepOf(applied.data),
    names: renamed.data.contacts.map(({ name }) => present(name)),
  }
}

export const exchangeFiles: ExchangeFiles = async ({ base_url, key }, { table, users }) => {
  target.base_url = base_url
  const Authorization = `Bearer ${key}`
  // The generated functions make JSON of every body, also of text; only their URLs serve here.
  const send = async (url: string, type: string, body: string) =>
    await fetch(url, { method: 'POST', headers: { Authorization, 'Content-Type': type }, body })
  const received = await send(api.getCreateImportUrl({ dry_run: true }), 'text/csv', table)
  const steps = await send(api.getReportAccountDriftUrl(), 'application/x-ndjson', users)
  const file = await api.listContacts({ purpose: 'inquiries' }, { headers: { Authorization, Accept: 'text/csv' } })
  if (file.status !== 200 || !('stream' in file)) throw new Error(`${file.status}`)
  return {
    received: (await received.json()) as api.Import,
    steps: await steps.text(),
    file: await (file.stream as Response).text(),
  }
}

export const followEvents: FollowEvents = async ({ base_url, key, contact_id }, after) => {
  target.base_url = base_url
  const { status, data } = await api.listEvents(
    { after, wait: 20, types: ['contact.registered', 'contact.changed'] },
    { headers: { Authorization: `Bearer ${key}` } },
  )
  if (status !== 200) throw new Error(`${status}`)
  const types = data.items.filter(event => event.contact_id === contact_id).map(({ type }) => type)
  return { types, next_cursor: data.next_cursor }
}

export const erasePerson: ErasePerson = async ({ base_url, key, contact_id }) => {
  target.base_url = base_url
  const options = { headers: { Authorization: `Bearer ${key}` } }
  const answer = await api.erasePersonalData({ contact_ids: [contact_id], reason: 'requested' }, options)
  if (answer.status === 200) return { erased: answer.data.erased.map(one => one.contact_id) }
  if (answer.status === 409) return { refused: answer.data.type }
  throw new Error(`${answer.status}`)
}

export const dutiesAfter: DutiesAfter<api.WebhookMessage> = message =>
  message.type === 'contact.changed' ? message.data.after?.duties : undefined
