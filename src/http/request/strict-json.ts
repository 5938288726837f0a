import secureJson from 'secure-json-parse'
import type { FieldError } from '#http/problems/field-errors.ts'
import { invalidRequest, type HttpProblem } from '#http/problems/problem.ts'

const MAXIMUM_DEPTH = 32

// A string, or one bracket: all that depth and keys show themselves in.
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/gsu

// Text that some reader would drop, reorder or choke on (RFC 9839): controls but tab and line ends, the bidirectional
// controls, and non-characters.
const UNSAFE_TEXT =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFDD0-\uFDEF\uFFFE\uFFFF]/u

/**
 * Reads a JSON body as RFC 8259 and I-JSON (RFC 7493) want it: UTF-8 without errors, no key twice, no prototype keys,
 * not nested deeper than 32, and text without NUL, lone surrogates, control characters or bidirectional overrides.
 * Fields of the body in `free_text`, and the items of lists there, may hold any text. Throws the problem that says
 * what is wrong and, for text, where. An empty body is `undefined`.
 */
export function parseStrictJson(body: Buffer, free_text: readonly string[] = []): unknown {
  if (body.length === 0) return undefined
  const text = decodeUtf8(body)
  const value = parse(text)
  const keys = countKeys(text)
  const found = { keys: 0, errors: [] as FieldError[] }
  inspect(value, '#', found)
  if (found.keys !== keys) throw wholeBody('duplicate-key')
  const errors = found.errors.filter(
    ({ pointer }) => !free_text.some(field => pointer === `#/${field}` || pointer.startsWith(`#/${field}/`)),
  )
  if (errors.length > 0) throw invalidRequest(...errors)
  return value
}

/** Why a text is not taken, or undefined where it is. */
export function textFault(text: string): { code: 'lone-surrogate' | 'control-character' } | undefined {
  if (!text.isWellFormed()) return { code: 'lone-surrogate' }
  if (UNSAFE_TEXT.test(text)) return { code: 'control-character' }
  return undefined
}

/** A step of a JSON Pointer (RFC 6901), cut where it is too long to be of use. */
export function pointerStep(key: string): string {
  return `/${key.toWellFormed().slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

function decodeUtf8(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw wholeBody('invalid-utf-8')
  }
}

/** How many keys a valid text has; refuses nesting that would exhaust whoever walks it. */
function countKeys(text: string): number {
  let depth = 0
  let keys = 0
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (colon !== undefined) keys++
    if (depth > MAXIMUM_DEPTH) throw invalidRequest({ pointer: '#', code: 'too-deep', limit: MAXIMUM_DEPTH })
  }
  return keys
}

function parse(text: string): unknown {
  try {
    return secureJson.parse(text, undefined, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw wholeBody('malformed-json')
  }
}

function inspect(value: unknown, pointer: string, found: { keys: number; errors: FieldError[] }): void {
  if (typeof value === 'string') {
    const fault = textFault(value)
    if (fault !== undefined) found.errors.push({ pointer, ...fault })
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => inspect(item, `${pointer}/${index}`, found))
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      found.keys++
      const fault = textFault(key)
      if (fault !== undefined) found.errors.push({ pointer: pointer + pointerStep(key), ...fault })
      inspect(item, pointer + pointerStep(key), found)
    }
  }
}

function wholeBody(code: 'duplicate-key' | 'invalid-utf-8' | 'malformed-json'): HttpProblem {
  return invalidRequest({ pointer: '#', code })
}
