import type { FastifyRequest } from 'fastify'
import type { DriftUser, ReadLine } from '#domain/accounts/drift-line.ts'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import { pointerTo } from '#http/request/json-pointer.ts'
import { jsonLines } from '#http/request/ndjson-lines.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

const BATCH = 1000
const EXTERNAL_ID = new RegExp(PATTERNS.visibleAscii)
const LONGEST_ID = 128
const LONGEST_EMAIL = 320
const LONGEST_NAME = 1000

/** The users of the help desk that a body lists. A line that is no user says what is wrong with it. */
export async function* driftUsers(request: FastifyRequest): AsyncGenerator<ReadLine<FieldError>[], void> {
  for await (const lines of jsonLines(request, BATCH)) yield lines.map(({ line, value }) => readLine(line, value))
}

function readLine(line: number, value: unknown): ReadLine<FieldError> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { line, external_id: null, faults: [{ pointer: '#', code: 'wrong-type', types: ['object'] }] }
  const { external_id, email, name = null, suspended = false, ...others } = value as Record<string, unknown>
  const faults = [
    ...textFaults('external_id', external_id, LONGEST_ID),
    ...formFaults(external_id),
    ...textFaults('email', email, LONGEST_EMAIL),
    ...(name === null ? [] : textFaults('name', name, LONGEST_NAME)),
    ...(typeof suspended === 'boolean' ? [] : [wrongType('suspended', 'boolean')]),
    ...Object.keys(others).map((field): FieldError => ({ pointer: pointerTo([field]), code: 'unknown-field' })),
  ]
  if (faults.length > 0)
    return { line, external_id: formFaults(external_id).length > 0 ? null : idOf(external_id), faults }
  return { line, ...user(String(external_id), String(email), name as string | null), is_suspended: suspended === true }
}

function user(external_id: string, email: string, name: string | null): Omit<DriftUser, 'is_suspended'> {
  // A text that is no address here may be one there: it is the address of no account.
  return { external_id, email, email_key: parseEmailAddress(email)?.email_key ?? email.trim(), name }
}

function textFaults(field: string, value: unknown, limit: number): FieldError[] {
  const pointer = pointerTo([field])
  if (value === undefined) return [{ pointer, code: 'required' }]
  if (typeof value !== 'string') return [wrongType(field, 'string')]
  if (value.trim() === '') return [{ pointer, code: 'too-short', limit: 1 }]
  return value.length > limit ? [{ pointer, code: 'too-long', limit }] : []
}

function formFaults(external_id: unknown): FieldError[] {
  if (typeof external_id !== 'string' || external_id.trim() === '' || EXTERNAL_ID.test(external_id)) return []
  return [{ pointer: '#/external_id', code: 'invalid-format', pattern: PATTERNS.visibleAscii }]
}

function idOf(external_id: unknown): string | null {
  return typeof external_id === 'string' && EXTERNAL_ID.test(external_id) && external_id.length <= LONGEST_ID
    ? external_id
    : null
}

function wrongType(field: string, type: string): FieldError {
  return { pointer: pointerTo([field]), code: 'wrong-type', types: [type] }
}
