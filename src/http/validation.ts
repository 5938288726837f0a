import AjvCompiler from '@fastify/ajv-compiler'
import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { EdgeProblem, invalidRequest, type ProblemError } from '#http/problem.ts'
import { pointerStep, textFault } from '#http/strict-json.ts'

// Nothing is coerced, stripped or passed over in silence: "1" is not 1, null is not 0, and an unknown field is refused.
const STRICT = { removeAdditional: false, coerceTypes: false, useDefaults: true, allErrors: true, allowUnionTypes: true, discriminator: true, keywords: ['x-extensible-enum'] }

/** The schema compiler of every route. */
export const validatorCompiler = {
  buildValidator: ((externalSchemas: Parameters<ReturnType<typeof AjvCompiler>>[0]) => {
    const compile = AjvCompiler()(externalSchemas, { customOptions: STRICT })
    return (part: RoutePart) => compile(part.httpPart === 'headers' ? { ...part, schema: lowerCased(part.schema) } : part)
  }) as never
}

type RoutePart = { httpPart?: string, schema: { properties?: object } }

/** Node gives header fields in lower case; Fastify leaves that to whoever brings a compiler. */
function lowerCased (schema: RoutePart['schema']): object {
  return { ...schema, properties: Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name.toLowerCase(), field])) }
}

type PropertySchemas = Record<string, { type?: string }>

/**
 * Gives query parameters the type that their schema declares, from one spelling only: `50`, not `0x32`, `5e1` or
 * ` 50`; `true` or `false`. Everything else stays text and fails validation. Runs before validation.
 */
export async function readQuery (request: FastifyRequest): Promise<void> {
  const { properties = {} } = (request.routeOptions.schema?.querystring ?? {}) as { properties?: PropertySchemas }
  const query = request.query as Record<string, unknown>
  for (const [name, value] of Object.entries(query)) {
    const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined
    if (typeof value !== 'string') continue
    if (type === 'integer' && /^(0|[1-9]\d{0,15})$/.test(value)) query[name] = Number(value)
    if (type === 'boolean' && (value === 'true' || value === 'false')) query[name] = value === 'true'
  }
  assertSafeText(request)
}

/** Refuses path and query text that the database or a reader would choke on, as bodies do. */
function assertSafeText ({ params, query }: FastifyRequest): void {
  const texts = [...entries('path', params), ...entries('query', query)]
  const errors = texts.flatMap(([part, name, value]) => {
    const fault = typeof value === 'string' ? textFault(value) ?? textFault(name) : textFault(name)
    return fault === undefined ? [] : [{ in: part, pointer: `#${pointerStep(name)}`, ...fault }]
  })
  if (errors.length > 0) throw new EdgeProblem(invalidRequest(errors))
}

function entries (part: 'path' | 'query', values: unknown): ['path' | 'query', string, unknown][] {
  return Object.entries(values ?? {}).map(([name, value]) => [part, name, value])
}

const PARTS: Record<string, ProblemError['in']> = { body: 'body', headers: 'header', params: 'path', querystring: 'query' }
const MOST_ERRORS = 50

// The code and the words of each keyword of JSON Schema that our schemas use.
const KEYWORDS: Record<string, (params: Record<string, unknown>) => [code: string, detail: string]> = {
  additionalProperties: () => ['unknown-field', 'The contract does not know this field.'],
  required: () => ['required', 'This field is required.'],
  type: ({ type }) => ['wrong-type', `This has to be ${list(type)}.`],
  enum: ({ allowedValues }) => ['not-allowed', `This has to be ${list(allowedValues)}.`],
  discriminator: ({ tag }) => ['not-allowed', `The contract does not know this ${String(tag)}.`],
  oneOf: () => ['one-of', 'Exactly one of the alternatives has to be given.'],
  minLength: ({ limit }) => ['too-short', `This has at least ${limit} characters.`],
  maxLength: ({ limit }) => ['too-long', `This has at most ${limit} characters.`],
  minItems: ({ limit }) => ['too-few', `This has at least ${limit} items.`],
  maxItems: ({ limit }) => ['too-many', `This has at most ${limit} items.`],
  minimum: ({ limit }) => ['out-of-range', `This is at least ${limit}.`],
  maximum: ({ limit }) => ['out-of-range', `This is at most ${limit}.`],
  pattern: ({ pattern }) => ['invalid-format', `This does not match ${pattern}.`],
  format: ({ format }) => ['invalid-format', `This is not a valid ${format}.`]
}

/** Every place in which a request does not fit its schemas, from what the validator says. */
export function validationErrors (errors: readonly FastifySchemaValidationError[], part: string): ProblemError[] {
  return errors.filter(error => !isAlternative(error, errors) && !isTagMissing(error)).slice(0, MOST_ERRORS).map(({ keyword, instancePath, params }) => {
    const { additionalProperty, tag, missingProperty = additionalProperty ?? tag } = params as { additionalProperty?: string, missingProperty?: string, tag?: string }
    const [code, detail] = KEYWORDS[keyword]?.(params) ?? ['invalid', 'This does not fit the contract.']
    return { in: PARTS[part] ?? 'body', pointer: `#${instancePath}${missingProperty === undefined ? '' : pointerStep(missingProperty)}`, code, detail }
  })
}

/** What one alternative of several misses says nothing, unless a discriminator says that it is the one that is meant. */
function isAlternative ({ schemaPath }: FastifySchemaValidationError, errors: readonly FastifySchemaValidationError[]): boolean {
  const alternatives = /^(.*\/oneOf)\/\d+\//.exec(schemaPath)?.[1]
  return errors.some(error => error.keyword === 'oneOf' && error.schemaPath === alternatives)
}

/** That a tag is missing has been said already. */
function isTagMissing ({ keyword, params }: FastifySchemaValidationError): boolean {
  return keyword === 'discriminator' && (params as { tagValue?: unknown })['tagValue'] === undefined
}

function list (values: unknown): string {
  return (Array.isArray(values) ? values : [values]).map(value => value === null ? 'null' : String(value)).join(' or ')
}
