// The published document, as far as random requests and their answers are made and judged by it.

export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
  examples?: unknown[]
  oneOf?: Schema[]
  maxLength?: number
}
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }
export type Response = { $ref?: string; description?: string; content?: object; headers?: Record<string, object> }
export type Operation = {
  operationId: string
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { content: Record<string, { schema: Schema; examples?: Record<string, { value: object }> }> }
  responses: Record<string, Response>
}
export type FuzzDocument = {
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    parameters: Record<string, Parameter>
    responses: Record<string, Response>
  }
}

/** A schema, or what it refers to. */
export function resolved({ components }: FuzzDocument, schema: Schema): Schema {
  return schema.$ref === undefined ? schema : components.schemas[lastStep(schema.$ref)]!
}

export function parametersOf({ components }: FuzzDocument, { parameters = [] }: Operation): Parameter[] {
  return parameters.map(parameter =>
    '$ref' in parameter ? components.parameters[lastStep(parameter.$ref)]! : parameter,
  )
}

/** A response, where in the document it is, and what it holds. */
export function responseOf(
  { components }: FuzzDocument,
  path: string,
  method: string,
  { responses }: Operation,
  status: string,
): { at: string } & Response {
  const { $ref, ...response } = responses[status]!
  if ($ref === undefined)
    return { at: `/paths/${pointer(path)}/${method.toLowerCase()}/responses/${status}`, ...response }
  return { at: $ref.slice(1), ...components.responses[lastStep($ref)] }
}

/** Where an operation documents a status: under its number, or among those that any path may answer. */
export function documentedStatus(
  { components }: FuzzDocument,
  { responses }: Operation,
  status: number,
): string | undefined {
  if (String(status) in responses) return String(status)
  const { Unexpected } = components.responses
  return responses['default'] !== undefined && Unexpected?.description?.includes(` ${status} `) ? 'default' : undefined
}

export function pointer(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'))
}

function lastStep($ref: string): string {
  return $ref.split('/').at(-1)!
}
