import { invalidRequest } from '#http/problems/problem.ts'

/** The moment that a request asks for, ISO 8601 in UTC with milliseconds. Refuses a second that no clock shows. */
export function momentOf(as_of: string, part: 'query' | 'body' = 'query'): string {
  const time = Date.parse(as_of)
  if (!Number.isNaN(time)) return new Date(time).toISOString()
  throw invalidRequest({ in: part, pointer: '#/as_of', code: 'invalid-format', format: 'date-time' })
}
