import AjvCompiler from '@fastify/ajv-compiler'
import type { Ajv } from 'ajv'
import type { FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { isDay, readMoment } from '#domain/moment.ts'
import type { Fault, FieldError } from '#http/problems/field-errors.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { boundErrors } from '#http/request/bounded-keywords.ts'
import { demandExactlyOne, EXACTLY_ONE_OF } from '#http/request/exactly-one-keyword.ts'
import { pointerStep } from '#http/request/json-pointer.ts'
import { passOverReadOnly } from '#http/request/read-only-fields.ts'
import { textFault } from '#http/request/text-fault.ts'

// No value is coerced or dropped: "1" is not 1, null is not 0, and an unknown field is refused.
const STRICT = {
  removeAdditional: false,
  coerceTypes: false,
  useDefaults: true,
  allErrors: true,
  allowUnionTypes: true,
  discriminator: true,
  keywords: ['x-extensible-enum', 'style', 'explode'],
}

type SharedSchemas = Parameters<ReturnType<typeof AjvCompiler>>[0]
type Validate = { (value: unknown): unknown; errors?: readonly object[] | null | undefined }

// The parts of a pool's key are texts: the same shared schemas have the same compiler, also in another app.
const compilerOf = AjvCompiler()
const compiled = new WeakMap<ReturnType<typeof compilerOf>, Map<string, Validate>>()

/**
 * The schema compiler of every route. Equal schemas, such as the path of one contract, are compiled once a process, and
 * none before the first request that it validates: all of them take a fifth of a start.
 */
export const validatorCompiler = {
  buildValidator: ((shared: SharedSchemas) => {
    const compile = compilerOf(shared, { customOptions: STRICT, onCreate: adapt })
    const validators = compiled.get(compile) ?? new Map<string, Validate>()
    compiled.set(compile, validators)
    return (part: RoutePart) => {
      const schema = part.httpPart === 'headers' ? lowerCased(part.schema) : part.schema
      const text = JSON.stringify(schema)
      const validate = validators.get(text) ?? compiledLater(() => compile({ ...part, schema }))
      validators.set(text, validate)
      return validate
    }
    // The compiler's types expect a schema; Fastify passes a part of a route.
  }) as never,
}

/** A validator that is compiled at its first use. Like every one of Ajv, it keeps the errors of its last use. */
function compiledLater(compile: () => Validate): Validate {
  let validator: Validate | undefined
  const validate: Validate = value => {
    validator ??= compile()
    const isValid = validator(value)
    validate.errors = validator.errors
    return isValid
  }
  return validate
}

/** Schemas take the days and moments that can be stored; errors are bounded, and read-only fields are passed over. */
function adapt(ajv: Ajv): void {
  ajv.addFormat('date', isDay)
  ajv.addFormat('date-time', value => readMoment(value) !== undefined)
  boundErrors(ajv)
  passOverReadOnly(ajv)
  demandExactlyOne(ajv)
}

type RoutePart = { httpPart?: string; schema: { properties?: object } }

/** Node gives header fields in lower case; Fastify leaves that to the compiler. */
function lowerCased(schema: RoutePart['schema']): object {
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([name, field]) => [name.toLowerCase(), field]),
    ),
  }
}

type PropertySchemas = Record<string, { type?: string }>

/**
 * Gives query parameters the type that their schema declares, from one spelling only: `50`, not `0x32`, `5e1` or
 * ` 50`; `true` or `false`; several values divided by commas or in a repeated parameter, as generated clients send
 * them. Everything else stays text, and fails the validation that runs next.
 */
export async function readQuery(request: FastifyRequest): Promise<void> {
  const { properties = {} } = (request.routeOptions.schema?.querystring ?? {}) as { properties?: PropertySchemas }
  const query = request.query as Record<string, unknown>
  assertSafeText(request)
  for (const [name, value] of Object.entries(query)) {
    const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined
    if (type === 'array') query[name] = [value].flat().flatMap(text => String(text).split(','))
    if (typeof value !== 'string') continue
    if (type === 'integer' && /^(0|[1-9]\d{0,15})$/.test(value)) query[name] = Number(value)
    if (type === 'boolean' && (value === 'true' || value === 'false')) query[name] = value === 'true'
  }
}

/** Refuses unsafe text in the path and the query, as in bodies. */
function assertSafeText({ params, query }: FastifyRequest): void {
  const texts = [...entries('path', params), ...entries('query', query)]
  const errors = texts.flatMap(([part, name, value]) => {
    const fault = typeof value === 'string' ? (textFault(value) ?? textFault(name)) : textFault(name)
    return fault === undefined ? [] : [{ in: part, pointer: `#${pointerStep(name)}`, ...fault }]
  })
  if (errors.length > 0) throw invalidRequest(...errors)
}

/** Every value under its name; a repeated parameter has several. */
function entries(part: 'path' | 'query', values: unknown): ['path' | 'query', string, unknown][] {
  return Object.entries(values ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one): ['path' | 'query', string, unknown] => [part, name, one]),
  )
}

const PARTS: Record<string, NonNullable<FieldError['in']>> = {
  body: 'body',
  headers: 'header',
  params: 'path',
  querystring: 'query',
}
type KeywordParams = { [name: string]: unknown; limit: number }

// The mistake that each keyword of our JSON Schemas finds.
const KEYWORDS: Record<string, (params: KeywordParams, field: string) => Fault> = {
  additionalProperties: () => ({ code: 'unknown-field' }),
  required: () => ({ code: 'required' }),
  type: ({ type }) => ({ code: 'wrong-type', types: [type].flat().map(String) }),
  enum: ({ allowedValues }) => ({ code: 'not-allowed', values: [allowedValues].flat() }),
  discriminator: ({ tag }) => ({ code: 'not-allowed', tag: String(tag) }),
  [EXACTLY_ONE_OF]: ({ fields }) => ({ code: 'one-of', fields: [fields].flat().map(String) }),
  minLength: ({ limit }) => ({ code: 'too-short', limit }),
  maxLength: ({ limit }) => ({ code: 'too-long', limit }),
  minItems: ({ limit }) => ({ code: 'too-few', limit }),
  maxItems: ({ limit }) => ({ code: 'too-many', limit }),
  minimum: ({ limit }) => ({ code: 'out-of-range', minimum: limit }),
  maximum: ({ limit }) => ({ code: 'out-of-range', maximum: limit }),
  pattern: ({ pattern }) => ({ code: 'invalid-format', pattern: String(pattern) }),
  format: ({ format }, field) => ({
    code: 'invalid-format',
    format: String(format),
    ...(field === 'ends_on' && { open_ended: true }),
  }),
}

/** The places in which a request does not fit its schemas, from the errors of the validator. */
export function validationErrors(errors: readonly FastifySchemaValidationError[], part: string): FieldError[] {
  const alternatives = new Set(errors.filter(({ keyword }) => keyword === 'oneOf').map(({ schemaPath }) => schemaPath))
  const formats = new Set(errors.filter(({ keyword }) => keyword === 'format').map(({ instancePath }) => instancePath))
  return errors
    .filter(error => !isAlternative(error, alternatives) && !isTagMissing(error) && !isFormatAgain(error, formats))
    .map(({ keyword, instancePath, params }) => {
      const {
        additionalProperty,
        tag,
        missingProperty = additionalProperty ?? tag,
      } = params as { additionalProperty?: string; missingProperty?: string; tag?: string }
      const fault = KEYWORDS[keyword]?.(params as KeywordParams, instancePath.split('/').at(-1) ?? '') ?? {
        code: 'invalid',
      }
      return {
        in: PARTS[part] ?? 'body',
        pointer: `#${instancePath}${missingProperty === undefined ? '' : pointerStep(missingProperty)}`,
        ...fault,
      }
    })
}

/** Errors of one alternative of several are left out, unless a discriminator chose the alternative. */
function isAlternative({ schemaPath }: FastifySchemaValidationError, alternatives: ReadonlySet<string>): boolean {
  return alternatives.has(/^(.*\/oneOf)\/\d+\//.exec(schemaPath)?.[1] ?? '')
}

/** Where a format is wrong, an error of its pattern says the same again. */
function isFormatAgain({ keyword, instancePath }: FastifySchemaValidationError, formats: ReadonlySet<string>): boolean {
  return keyword === 'pattern' && formats.has(instancePath)
}

/** A missing tag has an error of its own already. */
function isTagMissing({ keyword, params }: FastifySchemaValidationError): boolean {
  return keyword === 'discriminator' && (params as { tagValue?: unknown })['tagValue'] === undefined
}
