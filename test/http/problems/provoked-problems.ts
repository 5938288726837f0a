import type { Test } from 'tap'
import { notJapanese } from '../../helpers/texts.ts'
import type { Answer } from '../../helpers/test-service.ts'

export const UNKNOWN = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'

export const types = new Set<string>()
const codes = new Set<string>()

/** Asserts a problem of this status, in Japanese throughout. */
export function assertProblem(t: Test, answer: Answer, status: number, what: string): void {
  t.match(answer, { status, headers: { 'content-language': 'ja', 'content-type': 'application/problem+json' } }, what)
  t.same(notJapanese(answer.body), [], what)
  note(answer.body)
}

function note({ type, errors = [], problems = [] }: any): void {
  types.add(type.replace('/problems/', ''))
  for (const { code } of errors) codes.add(code)
  for (const problem of problems) note(problem)
}

/** The codes of faults that requests provoke without an outage or a race. */
const CODES = [
  'unknown-field',
  'required',
  'one-of',
  'wrong-type',
  'not-allowed',
  'too-short',
  'too-few',
  'out-of-range',
  'invalid-format',
  'combining-marks',
  'invalid-address',
  'duplicate',
  'read-only',
  'in-the-future',
  'in-the-past',
  'before-start',
  'bad-cursor',
  'unexpected-body',
  'malformed-url',
  'malformed-json',
  'duplicate-key',
  'invalid-utf-8',
  'lone-surrogate',
  'control-character',
  'too-deep',
  'too-many-fields',
  'too-long',
  'seat-limit-reached',
]

/** The codes that no problem had so far. */
export function missingCodes(): string[] {
  return CODES.filter(code => !codes.has(code))
}

// The first two are answered before there is a request, the others need an outage, a failure, two requests at once,
// or more than are taken.
export const UNPROVOKED = [
  'cursor-expired', // tried where events expire
  'header-fields-too-large',
  'idempotency-key-in-use',
  'internal-error',
  'rate-limited',
  'request-timeout',
  'still-registered', // tried where people are erased
  'unavailable',
]
