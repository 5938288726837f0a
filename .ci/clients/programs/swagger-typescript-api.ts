import {
  Api,
  type HttpResponse,
  type Problem,
  type WebhookMessage,
} from '../generated/sources/swagger-typescript-api.js'
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

function basedOn(headers: Headers) {
  return { headers: { 'If-Match': present(headers.get('ETag')) } }
}

/** The generated client throws the answer to a request that is refused. */
async function refusalOf(answer: Promise<HttpResponse<unknown, Problem>>): Promise<Problem> {
  return await answer.then(
    ({ status }) => Promise.reject(new Error(`not refused: ${status}`)),
    ({ error }: HttpResponse<unknown, Problem>) => error,
  )
}

export const readModifyWrite: ReadModifyWrite = async ({ base_url, key, contract_id, contact_id }) => {
  const { v1 } = new Api<string>({
    baseUrl: base_url,
    securityWorker: () => ({ headers: { Authorization: `Bearer ${key}` } }),
  })

  const changeContract = async () => {
    const { data: contract, headers } = await v1.getContract(contract_id)
    const change = async () =>
      await v1.putContract(contract_id, { ...contract, app_ids: [...contract.app_ids, 'expenses'] }, basedOn(headers))
    return { changed: (await change()).data, refused: await refusalOf(change()) }
  }

  const changeContact = async () => {
    const { data: contact, headers } = await v1.getContact(contact_id)
    const change = async () => await v1.updateContact(contact_id, { ...contact, duties: ['system'] }, basedOn(headers))
    return { changed: (await change()).data, refused: await refusalOf(change()) }
  }

  const changeRoster = async () => {
    const { data: roster, headers } = await v1.getRoster(contract_id)
    const change = async (duty: Duty) =>
      await v1.putRoster(
        contract_id,
        {
          ...roster,
          contacts: roster.contacts.map(contact => (isPrimary(contact) ? { ...contact, duties: [duty] } : contact)),
        },
        basedOn(headers),
      )
    return { changed: (await change('operations')).data, refused: await refusalOf(change('contract')) }
  }

  return { contract: await changeContract(), contact: await changeContact(), roster: await changeRoster() }
}

export const listContracts: ListContracts = async ({ base_url, key }, customer_id) => {
  const { v1 } = new Api<string>({
    baseUrl: base_url,
    securityWorker: () => ({ headers: { Authorization: `Bearer ${key}` } }),
  })
  const { data } = await v1.listContracts({ customer_id: [customer_id], state: ['in_force', 'not_yet_in_force'] })
  return data.items.map(({ contract_id }) => contract_id)
}

export const restoreAndRename: RestoreAndRename = async (registry, primary_contact_id) => {
  const { v1 } = new Api<string>({
    baseUrl: registry.base_url,
    securityWorker: () => ({ headers: { Authorization: `Bearer ${registry.key}` } }),
  })
  const { data: filed } = await v1.requestChange(restoration(registry))
  const { change_request_id } = filed
  const { data: confirmed } = await v1.confirmChangeRequest(change_request_id, confirmationBy(primary_contact_id))
  const { data: applied } = await v1.applyChangeRequest(change_request_id)
  const { data: renamed } = await v1.changePerson({
    contact_id: primary_contact_id,
    changes: { family_name: '鈴木' },
  })
  if (!('contacts' in renamed)) throw new Error('a request, which nothing asked for')
  return {
    filed: stepOf(filed),
    confirmed: stepOf(confirmed),
    applied: stepOf(applied),
    names: renamed.contacts.map(({ name }) => present(name)),
  }
}

export const exchangeFiles: ExchangeFiles = async ({ base_url, key }, { table, users }) => {
  const securityWorker = () => ({ headers: { Authorization: `Bearer ${key}` } })
  // The generated client knows no type of text but text/plain, and makes JSON of a text that has none.
  const sends = (type: string, text: string) => {
    const customFetch: typeof fetch = async (url, options) =>
      await fetch(url, { ...options, headers: headersFor(type, options?.headers), body: text })
    return new Api<string>({ baseUrl: base_url, securityWorker, customFetch }).v1
  }
  const received = await sends('text/csv', table).createImport(table, { dry_run: true })
  const steps = await sends('application/x-ndjson', users).reportAccountDrift(users, { format: 'text' })
  const { v1 } = new Api<string>({ baseUrl: base_url, securityWorker })
  const asCsv = { headers: { Accept: 'text/csv' }, format: 'text' as const }
  const file: unknown = (await v1.listContacts({ purpose: 'inquiries' }, asCsv)).data
  return { received: received.data, steps: steps.data, file: String(file) }
}

function headersFor(type: string, given: HeadersInit | undefined): Headers {
  const headers = new Headers(given)
  headers.set('Content-Type', type)
  return headers
}

export const followEvents: FollowEvents = async ({ base_url, key, contact_id }, after) => {
  const { v1 } = new Api<string>({
    baseUrl: base_url,
    securityWorker: () => ({ headers: { Authorization: `Bearer ${key}` } }),
  })
  const { data } = await v1.listEvents({ after, wait: 20, types: ['contact.registered', 'contact.changed'] })
  const types = data.items.filter(event => event.contact_id === contact_id).map(({ type }) => type)
  return { types, next_cursor: data.next_cursor }
}

export const erasePerson: ErasePerson = async ({ base_url, key, contact_id }) => {
  const { v1 } = new Api<string>({
    baseUrl: base_url,
    securityWorker: () => ({ headers: { Authorization: `Bearer ${key}` } }),
  })
  return await v1.erasePersonalData({ contact_ids: [contact_id], reason: 'requested' }).then(
    ({ data }) => ({ erased: data.erased.map(one => one.contact_id) }),
    ({ error }: HttpResponse<unknown, Problem>) => ({ refused: error.type }),
  )
}

export const dutiesAfter: DutiesAfter<WebhookMessage> = message =>
  message.type === 'contact.changed' ? message.data.after?.duties : undefined
