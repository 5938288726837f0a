import type { InvalidField } from '#domain/refusal.ts'

type Coded<Code extends string, Facts = unknown> = Code extends string ? { code: Code } & Facts : never
type WithoutPlace<Field extends InvalidField> = Field extends { code: string }
  ? Coded<Field['code'], Omit<Field, 'code' | 'in' | 'pointer'>>
  : never

/** What is wrong at one place of a request: a stable code, and the facts that its words need. */
export type Fault =
  | WithoutPlace<InvalidField>
  | Coded<'unknown-field' | 'invalid'>
  | Coded<'one-of', { fields: readonly string[] }>
  | Coded<'wrong-type', { types: readonly string[] }>
  | Coded<'not-allowed', { values: readonly unknown[] }>
  | Coded<'not-allowed', { tag: string }>
  | Coded<'not-allowed', { only_with: 'csv' | 'pages' }>
  | Coded<'other-column', { column: 'role' | 'duties' }>
  | Coded<'too-short' | 'too-few' | 'too-many' | 'too-many-rows' | 'too-deep' | 'too-many-fields', { limit: number }>
  | Coded<'too-long', { limit?: number }>
  | Coded<'out-of-range', { minimum: number }>
  | Coded<'out-of-range', { maximum: number }>
  | Coded<'invalid-format', { pattern: string }>
  | Coded<'invalid-format', { format: string; open_ended?: true }>
  | Coded<'invalid-format', { entity_tags_of: string }>
  | Coded<
      | 'bad-cursor'
      | 'nothing-to-search-for'
      | 'unexpected-body'
      | 'content-length'
      | 'host-required'
      | 'ambiguous-head'
      | 'invalid-ip-range'
    >
  | Coded<
      | 'malformed'
      | 'malformed-http'
      | 'malformed-url'
      | 'malformed-json'
      | 'duplicate-key'
      | 'invalid-utf-8'
      | 'lone-surrogate'
      | 'control-character'
    >

export type FaultCode = Fault['code']

/** One place in a request that does not fit: in the body, where it does not say another part. */
export type FieldError = {
  in?: 'body' | 'header' | 'path' | 'query'
  pointer: string
  /** The line of a body that has one JSON value a line, counted from 1. */
  line?: number
} & Fault
