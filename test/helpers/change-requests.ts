import { person } from './fixtures.ts'
import type { Answer, Call } from './test-service.ts'

/** Who runs a job, as history names it. */
export const job = (request_id = 'job') => ({ actor: 'madoguchi', request_id, source: 'job' as const })

/** The contract's primary as the person who asks. */
export const insider = (contract_id: string) => ({
  name: '山田 太郎',
  email: `primary@${contract_id}.example.jp`,
  channel: 'mail',
  ticket: 'T-1',
})

/** A person whom no contract knows. */
export const stranger = { requested_by: { name: '謎 次郎', email: 'nazo@example.jp', channel: 'mail' } }

/** The step that registers 新田. */
export const newcomer = (contract_id: string, fields = {}) => ({
  op: 'add',
  contact: person({ family_name: '新田', email: `new@${contract_id}.example.jp`, ...fields }),
})

/** Asks for a change of a contract, as its primary unless `fields` says otherwise. */
export async function ask(
  call: Call,
  contract_id: string,
  operations: object[] = [newcomer(contract_id)],
  fields = {},
  headers = {},
): Promise<Answer> {
  const body = { contract_id, operations, requested_by: insider(contract_id), ...fields }
  return await call('POST', '/v1/change-requests', body, headers)
}

/** Takes a step of a request: confirm, approve, apply, reject or withdraw. */
export async function step(call: Call, id: string, verb: string, body?: object, headers = {}): Promise<Answer> {
  return await call('POST', `/v1/change-requests/${id}/${verb}`, body, headers)
}

/** The contacts of a contract, each as its family name and its role. */
export async function rosterOf(call: Call, contract_id: string): Promise<string[]> {
  return (await call('GET', `/v1/contracts/${contract_id}/roster`)).body.contacts.map(
    ({ family_name, role }: any) => `${family_name} ${role}`,
  )
}
