import secureJson from 'secure-json-parse'
import type { FieldError } from '#http/problems/field-errors.ts'
import { MOST_LISTED } from '#http/problems/listed.ts'
import { invalidRequest, type HttpProblem } from '#http/problems/http-problem.ts'
import { jsonOutline } from '#http/request/json-outline.ts'
import { pointerTo } from '#http/request/json-pointer.ts'
import { textFault } from '#http/request/text-fault.ts'

const MAXIMUM_DEPTH = 32
// Far more than any object of the contract has; an object of 100,000 fields takes long to make.
const MOST_KEYS = 10_000

/**
 * Reads a JSON body as RFC 8259 and I-JSON (RFC 7493) want it: UTF-8 without errors, no key twice, no prototype keys,
 * not nested deeper than 32, no object of more than 10,000 fields, and text without NUL, lone surrogates, control
 * characters or bidirectional overrides. Fields of the body in `free_text`, and the items of lists there, may hold any
 * text. Throws the problem that says what is wrong and, for text, the first places of it. An empty body is `undefined`.
 */
export function parseStrictJson(body: Buffer, free_text: readonly string[] = []): unknown {
  if (body.length === 0) return undefined
  const text = decodeUtf8(body)
  const { depth, keys, most_keys } = jsonOutline(body, MAXIMUM_DEPTH)
  if (depth > MAXIMUM_DEPTH) throw invalidRequest({ pointer: '#', code: 'too-deep', limit: MAXIMUM_DEPTH })
  if (most_keys > MOST_KEYS) throw invalidRequest({ pointer: '#', code: 'too-many-fields', limit: MOST_KEYS })
  const value = parse(text)
  const found: Inspection = { keys: 0, errors: [], free_text: new Set(free_text) }
  inspect(value, [], found)
  if (found.keys !== keys) throw wholeBody('duplicate-key')
  if (found.errors.length > 0) throw invalidRequest(...found.errors)
  return value
}

/** The first places of a value with text that no request may hold. */
export function textErrorsIn(value: unknown): readonly FieldError[] {
  const found: Inspection = { keys: 0, errors: [], free_text: new Set() }
  inspect(value, [], found)
  return found.errors
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw wholeBody('invalid-utf-8')
  }
}

function parse(text: string): unknown {
  try {
    return secureJson.parse(text, undefined, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw wholeBody('malformed-json')
  }
}

type Inspection = { keys: number; errors: FieldError[]; free_text: ReadonlySet<string> }

/** Counts the keys of a value, and finds the first texts in it that are not taken. `path` leads to the value. */
function inspect(value: unknown, path: (string | number)[], found: Inspection): void {
  if (typeof value === 'string') return inspectText(value, path, found)
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) inspectAt(index, value[index], path, found)
    return
  }
  for (const key of Object.keys(value)) {
    found.keys++
    inspectAt(key, (value as Record<string, unknown>)[key], path, found)
  }
}

function inspectAt(step: string | number, value: unknown, path: (string | number)[], found: Inspection): void {
  path.push(step)
  if (typeof step === 'string') inspectText(step, path, found)
  inspect(value, path, found)
  path.pop()
}

function inspectText(text: string, path: readonly (string | number)[], { errors, free_text }: Inspection): void {
  if (errors.length > MOST_LISTED) return // one more than are listed says that there are more
  const fault = textFault(text)
  if (fault !== undefined && !free_text.has(String(path[0]))) errors.push({ pointer: pointerTo(path), ...fault })
}

function wholeBody(code: 'duplicate-key' | 'invalid-utf-8' | 'malformed-json'): HttpProblem {
  return invalidRequest({ pointer: '#', code })
}
