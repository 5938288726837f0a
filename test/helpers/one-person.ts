import { putContract, register } from './fixtures.ts'
import type { Call } from './test-service.ts'

/** Registers 岡 太郎 as the primary of so many contracts of one customer; answers the contacts. */
export async function registerOnContracts(
  call: Call,
  customer_id: string,
  count: number,
  fields: object = {},
): Promise<any[]> {
  const contacts = []
  for (let n = 1; n <= count; n++) {
    await putContract(call, `${customer_id}-${n}`, { customer_id })
    const oka = {
      role: 'primary',
      family_name: '岡',
      given_name: '太郎',
      email: `oka@${customer_id}.example.jp`,
    } as const
    contacts.push(await register(call, `${customer_id}-${n}`, { ...oka, ...fields }))
  }
  return contacts
}
