import { readMoment } from '#domain/moment.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'

/** The moment since which a list shall show changes. */
export function sinceMoment(text: string): string {
  return momentOf(text, 'updated_since', 'query')
}

/** The moment in one field of a request, ISO 8601 in UTC with milliseconds. Refuses what is no stored moment. */
export function momentOf(text: string, field: string, part: NonNullable<FieldError['in']> = 'body'): string {
  const moment = readMoment(text)
  if (moment !== undefined) return moment
  throw invalidRequest({ in: part, pointer: `#/${field}`, code: 'invalid-format', format: 'date-time' })
}
