import { ANSWER_HEADERS, type AnswerHeader, HEADERS_OF_STATUS } from '#http/openapi/answer-headers.ts'
import { ref } from '#http/schemas/named-schema.ts'
import type { Answer, Example } from '#http/openapi/operation-text.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { JSON_BODY } from '#http/request/body-types.ts'
import { type ExampleContext, furtherExamples, problemExample } from '#http/schemas/problems/problem-examples.ts'
import { Problem } from '#http/schemas/problems/problem.ts'

// Health checks are not counted.
export const PROBE_HEADERS = ['Request-Id'] as const satisfies AnswerHeader[]

export const GENERAL_HEADERS = ['Request-Id', 'RateLimit', 'RateLimit-Policy'] as const satisfies AnswerHeader[]

export const DEPRECATION_HEADERS = ['Deprecation', 'Sunset', 'Link'] as const satisfies AnswerHeader[]

/** The problems that a request may meet before its path is known: they are answered without counting the request. */
export const BEFORE_ROUTING = [
  'request-timeout',
  'uri-too-long',
  'header-fields-too-large',
] as const satisfies ProblemType[]

function isCounted(type: ProblemType): boolean {
  return !(BEFORE_ROUTING as readonly ProblemType[]).includes(type)
}

function headerSchemas(names: readonly AnswerHeader[]): object {
  return Object.fromEntries(names.map(name => [name, ANSWER_HEADERS[name].schema]))
}

/** The documented answers of an operation, by status. `general` are the header fields that all of them have. */
export function answersOf(answers: Record<number, Answer>, general: readonly AnswerHeader[]): Record<number, object> {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answerOf(answer, general)]))
}

function answerOf(
  { description, schema, examples, headers = [], media_types = JSON_BODY, other_forms = {} }: Answer,
  general: readonly AnswerHeader[],
): object {
  const documented = { description, headers: headerSchemas([...general, ...headers]) }
  if (schema === undefined) return { ...documented, type: 'null' }
  const content = { schema, ...(examples !== undefined && { examples }) }
  const forms = Object.fromEntries(media_types.map(media_type => [media_type, content]))
  return { ...documented, content: { ...forms, ...other_forms } }
}

/** The documented problems of an operation, by status. `context` chooses the facts of their examples. */
export function problemsOf(
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
        headers: headerSchemas([
          ...(ofStatus.some(isCounted) ? general : PROBE_HEADERS),
          'Content-Language',
          ...(HEADERS_OF_STATUS[status] ?? []),
          ...(ofStatus.includes('idempotency-key-in-use') ? ['Retry-After' as const] : []),
          ...(isStored(status, types) ? ['Idempotent-Replayed' as const] : []),
        ]),
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

/** Whether the service stores refusals of this status for repeats with the same `Idempotency-Key`. */
function isStored(status: number, types: readonly ProblemType[]): boolean {
  return types.includes('idempotency-key-reused') && [404, 409, 412, 422].includes(status)
}

/** The example of a problem, and for one problem also its Japanese text. */
function examplesOf(type: ProblemType, context: ExampleContext): [name: string, example: Example][] {
  const english: [string, Example] = [type, problemExample(type, context)]
  return type === 'seat-limit-reached'
    ? [english, [`${type}-ja`, problemExample(type, context, 'ja')]]
    : [english, ...furtherExamples(type)]
}
