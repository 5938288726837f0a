import { Type, type TSchema } from 'typebox'
import { PROBLEM_TYPES, type ProblemType } from '#http/problems/problem-types.ts'
import { ANSWER_HEADERS, HEADERS_OF_STATUS, type AnswerHeader } from '#http/openapi/answer-headers.ts'
import { ref } from '#http/openapi/component.ts'
import { furtherExamples, problemExample, type ExampleContext } from '#http/schemas/problem-examples.ts'
import { Problem } from '#http/schemas/problem.ts'
import type { Scope } from '#http/auth/scopes.ts'
import type { Tag } from '#http/openapi/tags.ts'

type Example = { summary: string; value: unknown }
type Examples = Record<string, Example>

/** Where an answer leads: an operation, and which of its parameters, or its body, comes from where in the answer. */
type AnswerLink = {
  operationId: string
  description: string
  parameters?: Record<string, string>
  requestBody?: string
}

type Answer = {
  description: string
  /** What the body is; without one the answer has none. */
  schema?: TSchema
  examples?: Examples
  headers?: readonly AnswerHeader[]
  links?: Record<string, AnswerLink>
  media_types?: readonly string[]
  /** What else the answer may be, by media type, as the caller's `Accept` says. */
  other_forms?: Record<string, { schema: TSchema; examples: Examples }>
}

export type OperationText = {
  operationId: string
  summary: string
  description: string
  tag: Tag
  /** The scope that a client needs; null where anybody may call. */
  scope: Scope | null
  /** Scopes that a client need not have, and sees more with. */
  optional_scopes?: readonly Scope[]
  answers: Record<number, Answer>
  /** The problems of this operation's own, beside those that every operation of its kind has. */
  problems: readonly ProblemType[]
  /** Whether what it answers with is about people: then nobody in between may keep it. */
  personal?: boolean
  /** What caches may do with the answers, where it is not the rule of all others. */
  cache?: string
  /** Fields of the body, or lists of them, that take any text whatever, because what is wrong with it is an answer. */
  free_text?: readonly string[]
  /** Whether the platform asks it every few seconds. */
  probe?: boolean
  request_examples?: Examples
  /** Whether the page at /docs fills in no example; by default only where the operation decides about one thing. */
  no_prefill?: true
}

type RequestSchemas = { params?: TSchema; querystring?: TSchema; headers?: TSchema; body?: TSchema }

/** The documented operations by their ids: what the published document needs and a route's schema cannot say. */
export const operationTexts = new Map<string, OperationText>()

/** Either will do. */
const CREDENTIALS = [{ api_key: [] }, { access_token: [] }]

export const JSON_BODY = ['application/json'] as const
export const MERGE_PATCH_BODY = ['application/merge-patch+json', 'application/json'] as const

/**
 * A route's options from one description: what validates the request, types its handler, guards it and documents it.
 * Problems that follow from the kind of operation (a body, parameters, a scope) are added here.
 */
export function operation<const Schemas extends RequestSchemas>(
  text: OperationText & { request: Schemas; consumes?: readonly string[] },
) {
  operationTexts.set(text.operationId, text)
  const {
    operationId,
    summary,
    description,
    tag,
    scope,
    request,
    personal = false,
    cache,
    probe = false,
    free_text = [],
  } = text
  const general = probe ? PROBE_HEADERS : GENERAL_HEADERS
  const consumes = text.consumes ?? (request.body === undefined ? undefined : JSON_BODY)
  return {
    schema: {
      operationId,
      summary,
      description,
      tags: [tag],
      security: scope === null ? [] : CREDENTIALS,
      ...closedQuery(request),
      ...request,
      ...(consumes !== undefined && { consumes: [...consumes] }),
      response: {
        ...answersOf(text.answers, general),
        ...problemsOf(allProblems(text, request), general, { scope, ...request }),
      },
    },
    config: {
      scope,
      personal,
      probe,
      free_text,
      consumes: consumes ?? [],
      produces: [...JSON_BODY, ...Object.keys(text.answers[200]?.other_forms ?? {})],
      ...(cache !== undefined && { cache }),
    },
  }
}

function isEmpty(request: RequestSchemas): boolean {
  return Object.keys(request).length === 0
}

/** Without query parameters of its own an operation takes none: a misspelt one has to be found. Whoever asks for the health is not asked back. */
function closedQuery(request: RequestSchemas): object {
  return isEmpty(request) ? {} : { querystring: Type.Object({}, { additionalProperties: false }) }
}

function allProblems({ scope, problems, probe = false }: OperationText, request: RequestSchemas): ProblemType[] {
  const isGuarded = scope !== null
  return [
    ...new Set<ProblemType>([
      ...(isEmpty(request) ? [] : ['invalid-request' as const]),
      ...(isGuarded ? ['unauthenticated' as const, 'forbidden' as const] : []),
      ...(probe ? [] : ['rate-limited' as const, 'unavailable' as const]),
      'not-acceptable',
      ...(request.body === undefined ? [] : ['payload-too-large' as const, 'unsupported-media-type' as const]),
      ...problems,
    ]),
  ]
}

// Who asks whether the service lives is not counted.
const PROBE_HEADERS = ['Request-Id'] as const satisfies AnswerHeader[]
const GENERAL_HEADERS = ['Request-Id', 'RateLimit', 'RateLimit-Policy'] as const satisfies AnswerHeader[]

function headerSchemas(names: readonly AnswerHeader[]): object {
  return Object.fromEntries(names.map(name => [name, ANSWER_HEADERS[name].schema]))
}

function answersOf(answers: Record<number, Answer>, general: readonly AnswerHeader[]): Record<number, object> {
  return Object.fromEntries(
    Object.entries(answers).map(
      ([status, { description, schema, examples, headers = [], media_types = JSON_BODY, other_forms = {} }]) => [
        status,
        {
          description,
          headers: headerSchemas([...general, ...headers]),
          ...(schema === undefined
            ? { type: 'null' }
            : {
                content: {
                  ...Object.fromEntries(
                    media_types.map(media_type => [
                      media_type,
                      { schema, ...(examples !== undefined && { examples }) },
                    ]),
                  ),
                  ...other_forms,
                },
              }),
        },
      ],
    ),
  )
}

function problemsOf(
  types: readonly ProblemType[],
  general: readonly AnswerHeader[],
  context: ExampleContext,
): Record<number, object> {
  const byStatus = Map.groupBy(types, type => PROBLEM_TYPES[type].status)
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map(type => `\`${type}\`: ${PROBLEM_TYPES[type].title.en}.`).join(' '),
        headers: headerSchemas([...general, 'Content-Language', ...(HEADERS_OF_STATUS[status] ?? [])]),
        content: {
          'application/problem+json': {
            schema: ref(Problem),
            examples: Object.fromEntries(ofStatus.flatMap(type => examplesOf(type, context))),
          },
        },
      },
    ]),
  )
}

/** The example of a problem; of one, the Japanese text beside the English. */
function examplesOf(type: ProblemType, context: ExampleContext): [name: string, example: Example][] {
  const english: [string, Example] = [type, problemExample(type, context)]
  return type === 'seat-limit-reached'
    ? [english, [`${type}-ja`, problemExample(type, context, 'ja')]]
    : [english, ...furtherExamples(type)]
}

declare module 'fastify' {
  interface FastifyContextConfig {
    personal?: boolean
    free_text?: readonly string[]
    consumes?: readonly string[]
  }
}

/** The header fields of conditional writes. */
export const ConditionalWriteHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description: 'Change only what still has one of these entity tags (or `*`: only what exists); else 412.',
    }),
  ),
  'If-None-Match': Type.Optional(
    Type.String({ maxLength: 1000, description: '`*`: only create, never replace; else 412.' }),
  ),
})

/** The header fields of a write to something that has to exist. */
export const ConditionalChangeHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description: 'Change only what still has one of these entity tags, or `*`; else 412.',
    }),
  ),
})

/** The header fields of a write that has to say what it was based on. */
export const RosterWriteHeaders = Type.Object({
  'If-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description:
        'Demanded (428): the `ETag` of the roster that the list was made from; 412 where the roster is another by now.',
    }),
  ),
})

/** The header fields of reads that need not repeat what the caller has. */
export const ConditionalReadHeaders = Type.Object({
  'If-None-Match': Type.Optional(
    Type.String({
      maxLength: 1000,
      description: 'Entity tags of what you have: 304 without a body while one of them still holds.',
    }),
  ),
})

/** The header field of creating requests. */
export const IdempotencyHeaders = Type.Object({
  'Idempotency-Key': Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 255,
      pattern: '^[\\x21-\\x7e]+$',
      description:
        'Any unique text of visible ASCII characters, a UUID for instance. A repeat within 24 hours gets the first answer again, with `Idempotent-Replayed: true`, and registers nothing twice. A refusal is repeated as well: a corrected request needs a new key.',
    }),
  ),
})

/** The header fields of creating requests that may say what they were based on. */
export const ConditionalAdditionHeaders = Type.Object({
  ...IdempotencyHeaders.properties,
  ...ConditionalChangeHeaders.properties,
})
