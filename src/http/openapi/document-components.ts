import { ANSWER_HEADERS } from '#http/openapi/answer-headers.ts'
import { WEBHOOK_HEADERS } from '#http/openapi/documented-webhooks.ts'
import { LONGEST_ACCEPT_LANGUAGE } from '#http/problems/language.ts'

export type DocumentedResponse = {
  description: string
  headers?: Record<string, object>
  content?: Record<string, { schema?: object; examples?: object }>
  links?: unknown
}
type Components = { headers: object; parameters: object }

/**
 * The shared components of a document: the header fields that its answers have, and the parameters of all
 * operations and of all webhooks.
 */
export function sharedComponents(answers: readonly DocumentedResponse[]): Components {
  const used = new Set(answers.flatMap(({ headers = {} }) => Object.keys(headers)))
  const headers = Object.entries(ANSWER_HEADERS).filter(([name]) => used.has(name))
  return {
    headers: Object.fromEntries(headers),
    parameters: { AcceptLanguage: acceptLanguage, ...WEBHOOK_HEADERS },
  }
}

/** Every operation can answer with a problem, and problems come in the caller's language. */
export const ACCEPT_LANGUAGE = { $ref: '#/components/parameters/AcceptLanguage' }

const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description:
    'The language of texts for people (titles, details, remedies): `ja` for Japanese, `en` for English. RFC ' +
    '9110 §12.5.4: ranges such as `ja-JP`, with weights. English if it names neither, is malformed or is ' +
    'omitted.',
  // The example is in the schema: Swagger UI would send an example of the parameter instead of the browser's languages.
  schema: { type: 'string', maxLength: LONGEST_ACCEPT_LANGUAGE, examples: ['ja'] },
}

/** Replaces the header fields of an operation's responses by references to those of the document. */
export function shareHeaders(responses: Record<string, DocumentedResponse>): void {
  for (const response of Object.values(responses)) {
    if (response.headers === undefined) continue
    const names = Object.keys(response.headers)
    response.headers = Object.fromEntries(names.map(name => [name, { $ref: `#/components/headers/${name}` }]))
  }
}
