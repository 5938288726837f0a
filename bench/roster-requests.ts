import type { BenchService } from './bench-service.ts'

let number = 0
export const person = (fields: object = {}) => ({
  family_name: '山田',
  given_name: '太郎',
  email: `p${++number}@roster.example.jp`,
  privacy_notice_version: '2025-10',
  ...fields,
})
export const thirty = () =>
  Array.from({ length: 30 }, (_, index) => person({ role: index === 0 ? 'primary' : 'secondary' }))

export type Request = [method: string, path: string, body?: object, headers?: Record<string, string>]

export const put = (contract_id: string, contacts: object[]): Request => [
  'PUT',
  `/v1/contracts/${contract_id}/roster`,
  { contacts },
  { 'if-match': '*' },
]

/** Milliseconds that each of these requests takes, one after the other. */
export async function timed(service: BenchService, requests: number, next: () => Request): Promise<number> {
  const since = performance.now()
  for (let sent = 0; sent < requests; sent++) {
    const { status, text } = await service.call(...next())
    if (status >= 300) throw new Error(text)
  }
  return (performance.now() - since) / requests
}
