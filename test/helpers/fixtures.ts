import type { Answer, Call } from './test-service.ts'

/** The privacy notice that fixtures were shown. */
export const NOTICE = '2025-10'

export async function putCustomer(call: Call, customer_id: string, name = '株式会社青空商事'): Promise<Answer> {
  return expectStatus(await call('PUT', `/v1/customers/${customer_id}`, { name }), 200, 201)
}

export type ContractFields = {
  customer_id?: string
  product_id?: string
  app_ids?: string[]
  connections?: number
  starts_on?: string
  ends_on?: string | null
}

/** A contract on `manage` without apps, four seats, unless said otherwise; with its customer. */
export async function putContract(call: Call, contract_id: string, fields: ContractFields = {}): Promise<Answer> {
  const customer_id = fields.customer_id ?? 'customer-1'
  await putCustomer(call, customer_id)
  return expectStatus(
    await call('PUT', `/v1/contracts/${contract_id}`, {
      product_id: 'manage',
      app_ids: [],
      connections: 0,
      starts_on: '2024-04-01',
      ends_on: null,
      ...fields,
      customer_id,
    }),
    200,
    201,
  )
}

export type PersonFields = {
  role?: 'primary' | 'secondary'
  family_name?: string
  given_name?: string | null
  email?: string
  shared_mailbox?: boolean
  duties?: string[]
}

/** A person to register: 山田 太郎, unless said otherwise. */
export function person(fields: PersonFields = {}): Record<string, unknown> {
  return {
    family_name: '山田',
    given_name: '太郎',
    email: 'yamada@aozora.example.co.jp',
    privacy_notice_version: NOTICE,
    ...fields,
  }
}

/** Registers a contact; throws unless that succeeds. */
export async function register(call: Call, contract_id: string, fields: PersonFields = {}): Promise<any> {
  return expectStatus(await call('POST', `/v1/contracts/${contract_id}/contacts`, person(fields)), 201).body
}

/** A contract with a primary (山田 太郎) and this many secondaries, each with an address of their own. */
export async function fillContract(
  call: Call,
  contract_id: string,
  secondaries: number,
  fields: ContractFields = {},
): Promise<any[]> {
  await putContract(call, contract_id, fields)
  const contacts = [
    await register(call, contract_id, { role: 'primary', email: `primary@${contract_id.toLowerCase()}.example.jp` }),
  ]
  for (let number = 1; number <= secondaries; number++) {
    contacts.push(
      await register(call, contract_id, {
        family_name: `副${number}`,
        given_name: null,
        email: `secondary${number}@${contract_id.toLowerCase()}.example.jp`,
      }),
    )
  }
  return contacts
}

function expectStatus(answer: Answer, ...statuses: number[]): Answer {
  if (!statuses.includes(answer.status))
    throw new Error(`expected ${statuses.join(' or ')}, got ${answer.status}: ${answer.text}`)
  return answer
}
