import { Api, type HttpResponse, type Problem } from '../generated/sources/swagger-typescript-api.js'
import { isPrimary, present, type Duty, type ListContracts, type ReadModifyWrite } from './tasks.js'

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
