import { type TSchema, Type } from 'typebox'
import type { Scope } from '#domain/api-clients/scopes.ts'
import {
  answersOf,
  BEFORE_ROUTING,
  DEPRECATION_HEADERS,
  GENERAL_HEADERS,
  PROBE_HEADERS,
  problemsOf,
} from '#http/openapi/documented-answers.ts'
import type { OperationText } from '#http/openapi/operation-text.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'
import { JSON_BODY } from '#http/request/body-types.ts'
import { announceDeprecation } from '#http/response/deprecation.ts'

type RequestSchemas = { params?: TSchema; querystring?: TSchema; headers?: TSchema; body?: TSchema }

type Described<Schemas> = OperationText & { request: Schemas; consumes?: readonly string[] }

/**
 * A route's options from one description: what validates the request, types its handler, guards it and documents it.
 * Problems that follow from the kind of operation (a body, parameters, a scope) are added here.
 */
export function operation<const Schemas extends RequestSchemas>(text: Described<Schemas>) {
  const { operationId, summary, description, tag, scope, request, answers, probe = false, deprecated } = text
  const general = [
    ...(probe ? PROBE_HEADERS : GENERAL_HEADERS),
    ...(deprecated === undefined ? [] : DEPRECATION_HEADERS),
  ]
  const files = text.file_body
  const consumes = text.consumes ?? (files ? Object.keys(files) : request.body === undefined ? [] : JSON_BODY)
  return {
    schema: {
      operationId,
      summary,
      description,
      tags: [tag],
      ...(deprecated !== undefined && { deprecated: true }),
      security: credentialsWith(scope),
      ...closedQuery(request),
      ...request,
      ...(consumes.length > 0 && files === undefined && { consumes: [...consumes] }),
      response: {
        ...answersOf(answers, general),
        ...problemsOf(allProblems(text, request), general, request),
      },
    },
    ...(deprecated !== undefined && { onSend: announceDeprecation(deprecated) }),
    config: {
      scope,
      personal: text.personal ?? false,
      discloses: text.discloses ?? false,
      probe,
      free_text: text.free_text ?? [],
      consumes,
      charsets: charsetsOf(files ?? {}),
      produces: [...(answers[200]?.media_types ?? JSON_BODY), ...Object.keys(answers[200]?.other_forms ?? {})],
      documented: text as OperationText,
      ...(text.cache !== undefined && { cache: text.cache }),
    },
  }
}

/** The client sends one of two credentials. Either needs the scope (OpenAPI 3.1 §4.8.30: roles of any scheme). */
function credentialsWith(scope: Scope | null): Record<string, readonly string[]>[] {
  return scope === null ? [] : [{ api_key: [scope] }, { access_token: [scope] }]
}

function charsetsOf(files: NonNullable<OperationText['file_body']>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(files).map(([type, { charsets = [] }]) => [type, charsets]))
}

function isEmpty(request: RequestSchemas): boolean {
  return Object.keys(request).length === 0
}

/** An operation without query parameters takes none, so that a misspelt one is found. A health check may send any. */
function closedQuery(request: RequestSchemas): object {
  return isEmpty(request) ? {} : { querystring: Type.Object({}, { additionalProperties: false }) }
}

function allProblems(
  { scope, problems, probe = false, file_body }: OperationText,
  request: RequestSchemas,
): ProblemType[] {
  return [
    ...new Set<ProblemType>([
      'invalid-request',
      ...(scope === null ? [] : ['unauthenticated' as const, 'forbidden' as const]),
      ...(probe ? [] : ['rate-limited' as const, 'unavailable' as const]),
      'not-acceptable',
      ...(request.body === undefined && file_body === undefined
        ? []
        : ['payload-too-large' as const, 'unsupported-media-type' as const]),
      ...problems,
      ...BEFORE_ROUTING,
      'internal-error',
    ]),
  ]
}
