import type { TSchema } from 'typebox'
import type { Scope } from '#domain/api-clients/scopes.ts'
import type { AnswerHeader } from '#http/openapi/answer-headers.ts'
import type { Tag } from '#http/openapi/tags.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'
import type { Deprecation } from '#http/response/deprecation.ts'

export type Example = { summary: string; value: unknown }

type Examples = Record<string, Example>

/** Where an answer leads: an operation, and which of its parameters, or its body, comes from where in the answer. */
type AnswerLink = {
  operationId: string
  description: string
  parameters?: Record<string, string>
  requestBody?: string
}

export type Answer = {
  description: string
  /** The schema of the body; an answer without one has no body. */
  schema?: TSchema
  examples?: Examples
  headers?: readonly AnswerHeader[]
  links?: Record<string, AnswerLink>
  media_types?: readonly string[]
  /** Other forms of the answer, by media type; the caller's `Accept` chooses. */
  other_forms?: Record<string, { schema: TSchema; examples: Examples }>
}

/** An operation as the published document describes it; the route follows from it. */
export type OperationText = {
  operationId: string
  summary: string
  description: string
  tag: Tag
  /** The scope that a client needs; null where no credential is needed. */
  scope: Scope | null
  /** Scopes that are not needed: with them the answer shows more, or the client may do more. */
  optional_scopes?: readonly Scope[]
  answers: Record<number, Answer>
  /** The body of a file that the handler reads as it arrives, by media type. */
  file_body?: Readonly<Record<string, { schema: TSchema; examples: Examples; charsets?: readonly string[] }>>
  /** The problems of this operation only; those of its kind are added. */
  problems: readonly ProblemType[]
  /** Whether the answers are about people: then no cache may keep them. */
  personal?: boolean
  /** Whether the answer is a list of people: then it is recorded who takes it (R31). */
  discloses?: boolean
  /** The `Cache-Control` of the answers, if it differs from that of all other routes. */
  cache?: string
  /** Fields of the body, or lists of them, that take any text: what is wrong with it is an answer. */
  free_text?: readonly string[]
  /** Since when clients should use another operation, and until when this one answers. */
  deprecated?: Deprecation
  /** Whether the platform asks it every few seconds. */
  probe?: boolean
  /** Whether a request without a body is taken for `{}`; no field of the body is required then. */
  optional_body?: true
  request_examples?: Examples
  /** Examples of path parameters that differ from those of other operations: what this operation can be tried on. */
  path_examples?: Readonly<Record<string, string>>
  /** Whether the page at /docs fills in no example; by default only where the operation decides about one thing. */
  no_prefill?: true
}
