import { ANSWER_HEADERS } from '#http/openapi/answer-headers.ts'
import { LONGEST_ACCEPT_LANGUAGE } from '#http/problems/language.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { problemExample } from '#http/schemas/problem-examples.ts'

export type DocumentedResponse = {
  description: string
  headers?: Record<string, object>
  content?: Record<string, { schema?: object; examples?: object }>
  links?: unknown
}
type Reference = { $ref: string }
type Components = { headers: object; parameters: object; responses: Record<string, DocumentedResponse> }

// Problems that all operations answer with in the same words: the document has them once.
const SHARED: ReadonlySet<ProblemType> = new Set([
  'invalid-request',
  'unauthenticated',
  'not-acceptable',
  'precondition-failed',
  'payload-too-large',
  'unsupported-media-type',
  'rate-limited',
  'unavailable',
])

const ANYWHERE: readonly ProblemType[] = [
  'request-timeout',
  'uri-too-long',
  'header-fields-too-large',
  'internal-error',
]

/** The shared components that are no schemas: header fields, the parameter of all operations, and shared responses. */
export function sharedComponents(): Components {
  return {
    headers: ANSWER_HEADERS,
    parameters: { AcceptLanguage: acceptLanguage },
    responses: { Unexpected: unexpected() },
  }
}

/** Every operation can answer with a problem, and problems come in the caller's language. */
export const ACCEPT_LANGUAGE = { $ref: '#/components/parameters/AcceptLanguage' }

const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description:
    'The language of texts for people (titles, details, remedies): `ja` for Japanese, `en` for English. RFC 9110 ' +
    '§12.5.4: ranges such as `ja-JP`, with weights. English where it names neither, is malformed or is left out.',
  // Without an example: Swagger UI would send it in place of the browser's own languages.
  schema: { type: 'string', maxLength: LONGEST_ACCEPT_LANGUAGE },
}

/** Replaces what an operation's responses share with other operations by references, and adds the shared response. */
export function shareResponses(
  operation: { requestBody?: unknown; responses: Record<string, DocumentedResponse | Reference> },
  components: Components,
): void {
  for (const [status, response] of Object.entries(operation.responses)) {
    if ('$ref' in response) continue
    if (response.headers !== undefined) response.headers = headerReferences(Object.keys(response.headers))
    const [type, ...others] = Object.keys(
      response.content?.['application/problem+json']?.examples ?? {},
    ) as ProblemType[]
    const is_counted = 'RateLimit' in (response.headers ?? {}) // health checks are not, so their answers differ
    if (type === undefined || others.length > 0 || !SHARED.has(type) || !is_counted) continue
    const name =
      type === 'invalid-request' && operation.requestBody === undefined ? 'InvalidParameters' : pascalCase(type)
    components.responses[name] ??= response
    operation.responses[status] = { $ref: `#/components/responses/${name}` }
  }
  operation.responses['default'] = { $ref: '#/components/responses/Unexpected' }
}

function unexpected(): DocumentedResponse {
  return {
    description: `What any path may answer. ${ANYWHERE.map(titleOf).join(' ')}`,
    headers: headerReferences(['Request-Id', 'Content-Language']),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(ANYWHERE.map(type => [type, problemExample(type, { scope: null })])),
      },
    },
  }
}

function titleOf(type: ProblemType): string {
  const { status, title } = PROBLEM_TYPES[type]
  return `${status} \`${type}\`: ${title.en}.`
}

function headerReferences(names: readonly string[]): Record<string, Reference> {
  return Object.fromEntries(names.map(name => [name, { $ref: `#/components/headers/${name}` }]))
}

function pascalCase(type: string): string {
  return type
    .split('-')
    .map(word => word[0]!.toUpperCase() + word.slice(1))
    .join('')
}
