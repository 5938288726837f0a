import type { DocumentedSchema } from '#http/openapi/document-types.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

// The bound of every list and text in answers whose schema has none: a request has at most 1 MB.
const LONGEST_TEXT = 1_048_576
const LONGEST_WORD = 100 // a code, a day, a moment, a UUID
const LONGEST_LIST = 1_000_000

// Examples, defaults and values of enums are data, not schemas.
const DATA: ReadonlySet<string> = new Set(['example', 'examples', 'default', 'enum', 'const', 'x-extensible-enum'])

type BoundableSchema = DocumentedSchema & {
  type?: unknown
  format?: unknown
  pattern?: unknown
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
}

/**
 * Completes every schema in a part of the document: texts, lists and integers have bounds, integers have a format
 * (`int32`, or `int64` up to what JavaScript holds exactly), and no schema has `format` and `pattern` together,
 * because two generators of clients fail on that. Validation keeps both.
 */
export function boundSchemas(part: unknown): void {
  if (typeof part !== 'object' || part === null) return
  if (isSchema(part)) bound(part)
  for (const [name, inner] of Object.entries(part)) {
    if (!DATA.has(name) || isSchema(inner)) boundSchemas(inner)
  }
}

function isSchema(part: unknown): part is BoundableSchema {
  if (typeof part !== 'object' || part === null || !('type' in part)) return false
  return typeof part.type === 'string' || Array.isArray(part.type)
}

function bound(schema: BoundableSchema): void {
  const types = new Set([schema.type].flat())
  if (typeof schema.format === 'string' && schema.pattern !== undefined) delete schema.pattern
  if (types.has('string') && !('enum' in schema)) boundText(schema)
  if (types.has('array')) {
    schema.minItems ??= 0
    schema.maxItems ??= LONGEST_LIST
  }
  if (!types.has('integer')) return
  schema.format ??= 'int32'
  schema.minimum ??= 0
  schema.maximum ??= schema.format === 'int64' ? Number.MAX_SAFE_INTEGER : 2 ** 31 - 1
}

function boundText(schema: BoundableSchema): void {
  schema.minLength ??= 0
  schema.maxLength ??= isWord(schema) ? LONGEST_WORD : LONGEST_TEXT
  if ('x-extensible-enum' in schema) schema.pattern ??= PATTERNS.code
}

function isWord(schema: BoundableSchema): boolean {
  return ['date', 'date-time', 'uuid'].includes(String(schema.format)) || 'x-extensible-enum' in schema
}
