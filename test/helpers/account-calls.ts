import { putContract, register } from './fixtures.ts'
import type { Call } from './test-service.ts'

export const PASSWORD = '2026-04-01T00:15:00.000Z'

/** The calls of tests that follow a support account. */
export type AccountCalls = {
  account: (account_id: string) => Promise<any>
  remove: (contact: { contact_id: string }) => Promise<number>
  check: (from: string, as_of?: string) => Promise<any>
  roster: (contract_id: string, contacts: object[], headers?: Record<string, string>) => Promise<any>
  setPassword: (account_id: string, password_set_at: string) => Promise<any>
  /** A contract with one person at an address, who has a password. */
  soleUser: (name: string, fields?: object) => Promise<any>
}

export function accountCalls(call: Call): AccountCalls {
  const setPassword = async (account_id: string, password_set_at: string): Promise<any> =>
    (await call('PATCH', `/v1/support-accounts/${account_id}`, { password_set_at })).body
  return {
    account: async account_id => (await call('GET', `/v1/support-accounts/${account_id}`)).body,
    remove: async ({ contact_id }) => (await call('DELETE', `/v1/contacts/${contact_id}`)).status,
    check: async (from, as_of) =>
      (await call('POST', '/v1/sender-checks', { from, ...(as_of !== undefined && { as_of }) })).body,
    roster: async (contract_id, contacts, headers = {}) =>
      await call(
        'PUT',
        `/v1/contracts/${contract_id}/roster`,
        { contacts, confirm_removals: contacts.length === 0 ? 1 : undefined },
        { 'if-match': '*', ...headers },
      ),
    setPassword,
    soleUser: async (name, fields = {}) => {
      await putContract(call, name, { customer_id: `${name}-customer` })
      const contact = await register(call, name, { role: 'primary', email: `a@${name}.example.jp`, ...fields })
      await setPassword(contact.account_id, PASSWORD)
      return contact
    },
  }
}
