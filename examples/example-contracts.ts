import { done } from './client.ts'

export const CUSTOMER = '0012500000Xyz'
export const NOTICE = { privacy_notice_version: '2025-10' }

/** The contract as it shall be, without the contacts of an earlier run. The primary is removed last. */
export async function freshContract(contract_id: string, fields: object): Promise<any> {
  await done('PUT', `/v1/contracts/${contract_id}`, contractBody(fields))
  const { items } = await done('GET', `/v1/contracts/${contract_id}/contacts?limit=200`)
  const primaryLast = items.toSorted((a: { role: string }, b: { role: string }) => (a.role < b.role ? 1 : -1))
  for (const { contact_id } of primaryLast) await done('DELETE', `/v1/contacts/${contact_id}`)
  return await done('GET', `/v1/contracts/${contract_id}`)
}

export function contractBody(fields: object): object {
  const none = { app_ids: [], connections: 0, ends_on: null }
  return { customer_id: CUSTOMER, product_id: 'manage', starts_on: '2024-04-01', ...none, ...fields }
}

export async function register(contract_id: string, contact: object): Promise<any> {
  return await done('POST', `/v1/contracts/${contract_id}/contacts`, { ...contact, ...NOTICE })
}
