import type { Scope } from '#domain/api-clients/scopes.ts'

/** The parts of an OpenAPI document that tests look at. */
type Parameter = {
  name: string
  required?: boolean
  in: string
  description?: string
  schema: any
  example?: unknown
  examples?: Record<string, { value: unknown }>
}
export type Content = Record<string, { schema: any; examples?: Record<string, { summary?: string; value: unknown }> }>
type Response = { description: string; headers?: Record<string, any>; content?: Content; links?: Record<string, any> }
export type Operation = {
  path: string
  method: string
  operationId: string
  summary: string
  description: string
  tags: string[]
  security: Record<string, [Scope]>[]
  parameters: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, Response>
  /** The scope that `security` demands of either credential. */
  scope?: Scope
  'x-no-prefill'?: boolean
  'x-optional-scopes'?: Scope[]
}

/** Whether the body of an operation is a file, of which faults are an answer. */
export function takesFile({ requestBody }: Operation): boolean {
  return 'text/csv' in (requestBody?.content ?? {})
}

/** Every operation of a document, with the references of its parameters, responses, headers and examples followed. */
export function operationsOf(document: any): Operation[] {
  return Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(([method, operation]) => ({
      ...operation,
      ...(operation.security.length > 0 && { scope: operation.security[0].api_key[0] }),
      path,
      method,
      ...(operation.requestBody && {
        requestBody: { ...operation.requestBody, content: withExamples(document, operation.requestBody.content) },
      }),
      parameters: (operation.parameters ?? []).map((parameter: any) => resolve(document, parameter)),
      responses: Object.fromEntries(
        Object.entries<any>(operation.responses).map(([status, response]) => [status, followed(document, response)]),
      ),
    })),
  )
}

function followed(document: any, given: any): Response {
  const response = resolve(document, given)
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) => [name, resolve(document, header)])
  return {
    ...response,
    headers: Object.fromEntries(headers),
    ...(response.content && { content: withExamples(document, response.content) }),
  }
}

function withExamples(document: any, content: Record<string, any>): Content {
  return Object.fromEntries(
    Object.entries(content).map(([type, { examples, ...rest }]) => [
      type,
      {
        ...rest,
        ...(examples && {
          examples: Object.fromEntries(
            Object.entries(examples).map(([name, example]) => [name, resolve(document, example)]),
          ),
        }),
      },
    ]),
  )
}

/** What a local reference leads to; anything else as it is. */
export function resolve(document: any, given: any): any {
  if (typeof given?.$ref !== 'string') return given
  const target = given.$ref
    .slice(2)
    .split('/')
    .reduce((place: any, step: string) => place?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], document)
  if (target === undefined) throw new Error(`${given.$ref} leads nowhere`)
  return resolve(document, target)
}

export type Place = { schema: any; path: string }

const LINES = 'application/x-ndjson'

/** Whether an operation takes a body of one JSON value a line, which is sent as text. */
export function takesLines({ requestBody }: Pick<Operation, 'requestBody'>): boolean {
  return LINES in (requestBody?.content ?? {})
}

/** The header fields that say how an example of the document is sent, where it is not JSON. */
export function headersOfBody(operation: Pick<Operation, 'requestBody'>): Record<string, string> {
  return takesLines(operation) ? { 'content-type': LINES } : {}
}

/** A schema and every schema inside it, each with where it is; named schemas are followed once. */
export function schemasIn(document: any, given: any, path: string, seen = new Set<unknown>()): Place[] {
  const schema = resolve(document, given)
  if (schema === undefined || seen.has(schema)) return []
  seen.add(schema)
  return [
    { schema, path },
    ...Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
      schemasIn(document, property, `${path}.${name}`, seen),
    ),
    ...schemasIn(document, schema.items, `${path}[]`, seen),
    ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])]
      .filter(saysWhat)
      .flatMap((part: any) => schemasIn(document, part, path, seen)),
  ]
}

/** An alternative that only demands fields of the schema around it has nothing of its own to look at. */
function saysWhat(part: object): boolean {
  return Object.keys(part).some(keyword => !['required', 'properties'].includes(keyword))
}
