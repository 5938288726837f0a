import {
  ACQUIRER_ID,
  MOVED_CONTRACT_ID,
  OTHER_CUSTOMER_ID as CUSTOMER_ID,
  RENEWED_CONTRACT_ID,
  SUCCESSOR_CONTRACT_ID,
} from '#http/schemas/examples.ts'
import { contactOf, contractOf, put, type DemoRequest } from '#demo/demo-request.ts'

const AT = '2026-02-02T01:00:00.000Z'
const DOMAIN = 'minato.example.jp'

const contract = (contract_id: string, product_id: string, fields: object = {}): DemoRequest =>
  put(AT, `/v1/contracts/${contract_id}`, contractOf(CUSTOMER_ID, product_id, fields))

const person = (contract_id: string, name: string, mailbox: string, role?: 'primary'): DemoRequest => ({
  at: AT,
  ...contactOf(`/v1/contracts/${contract_id}/contacts`, name, {
    email: `${mailbox}@${DOMAIN}`,
    ...(role !== undefined && { role }),
  }),
})

const change = (at: string, contract_id: string, product_id: string, fields: object = {}): DemoRequest => ({
  at,
  method: 'PUT',
  path: `/v1/contracts/${contract_id}`,
  body: contractOf(CUSTOMER_ID, product_id, fields),
})

const downgraded = ['田中 一郎', '小林 直樹', '加藤 由美', '吉田 健', '山本 彩', '松本 誠']

/**
 * The vendor's other cases, of another customer: a full contract, its successor,
 * one over its limit, one that goes to another customer, and one that has ended.
 */
export const OTHER_CUSTOMERS: readonly DemoRequest[] = [
  put(AT, `/v1/customers/${CUSTOMER_ID}`, { name: 'みなと精機株式会社' }),
  contract(RENEWED_CONTRACT_ID, 'erp_hosting'),
  person(RENEWED_CONTRACT_ID, '前田 誠', 'maeda', 'primary'),
  person(RENEWED_CONTRACT_ID, '岡田 恵子', 'okada'),
  contract(SUCCESSOR_CONTRACT_ID, 'erp_hosting', { starts_on: '2026-04-01' }),
  contract('C-2025-0044', 'manage_ac_smart', { app_ids: ['attendance'] }),
  person('C-2025-0044', '前田 誠', 'maeda', 'primary'),
  contract('C-2025-0058', 'manage', { app_ids: ['attendance', 'man_hours'] }),
  ...downgraded.map((name, index) =>
    person('C-2025-0058', name, `contact${index + 1}`, index === 0 ? 'primary' : undefined),
  ),
  change('2026-02-03T01:00:00.000Z', 'C-2025-0058', 'manage'), // six contacts, four seats
  put(AT, `/v1/customers/${ACQUIRER_ID}`, { name: 'みなとロジスティクス株式会社' }),
  contract(MOVED_CONTRACT_ID, 'manage'),
  person(MOVED_CONTRACT_ID, '原 美咲', 'hara', 'primary'),
  contract('C-2021-0042', 'data_link', { connections: 1 }),
  person('C-2021-0042', '石井 豊', 'ishii', 'primary'),
  change('2026-04-01T00:00:00.000Z', 'C-2021-0042', 'data_link', { connections: 1, ends_on: '2026-03-31' }),
]
