import type { Test } from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import type { Answer, TestService } from './test-service.ts'

export type Line = Record<string, unknown>

export const customer = (customer_id: string): Line => ({ type: 'customer', customer_id, name: `会社 ${customer_id}` })

export const contract = (contract_id: string, customer_id: string, more: Line = {}): Line => ({
  type: 'contract',
  contract_id,
  customer_id,
  product_id: 'manage',
  app_ids: [],
  connections: 0,
  starts_on: '2024-04-01',
  ends_on: null,
  ...more,
})

export const contact = (contract_id: string, name: string, email: string, more: Line = {}): Line => ({
  type: 'contact',
  contract_id,
  name,
  email,
  ...more,
})

/** Contracts of one contact each, each of its own customer. */
export const many = (name: string, count: number): Line[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`).flatMap(id => [
    customer(id),
    contract(id, id),
    contact(id, '山田 太郎', `yamada@${id}.example.jp`, { role: 'primary' }),
  ])

/** A file of these lines. */
function ndjson(lines: readonly Line[]): string {
  return lines.map(line => `${JSON.stringify(line)}\n`).join('')
}

export type Imported = { state: string; rows: Record<string, number>; items: any[]; import_id: string; problem: any }

/** Sends files, and lets them be worked off at once. */
export function importer(t: Test, { call, context }: Pick<TestService, 'call' | 'context'>) {
  const send = async (lines: readonly Line[], query = ''): Promise<Answer> =>
    await call('POST', `/v1/imports${query}`, ndjson(lines), { 'content-type': 'application/x-ndjson' })
  const report = async (import_id: string): Promise<Imported> => {
    const { body } = await call('GET', `/v1/imports/${import_id}`)
    return { ...body, items: (await call('GET', `/v1/imports/${import_id}/rows?limit=200`)).body.items }
  }
  return {
    send,
    report,
    imported: async (lines: readonly Line[], query = ''): Promise<Imported> => {
      const sent = await send(lines, query)
      t.equal(sent.status, 202, 'the file is received')
      await runImport(context, sent.body.import_id, new AbortController().signal)
      return await report(sent.body.import_id)
    },
  }
}
