import { readFile } from 'node:fs/promises'
import formats from 'ajv-formats'
import Ajv from 'ajv/dist/2020.js'
import t from 'tap'
import { EVENT_TYPES } from '#domain/history/event-types.ts'
import { documentAjv, validatorAt } from '../../helpers/document-ajv.ts'
import { operationsOf, resolve, schemasIn, type Content } from '../../helpers/openapi-document.ts'

const document = JSON.parse(await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8'))
const operations = operationsOf(document)

const ajv = new Ajv.default({ strict: false, allErrors: true })
formats.default(ajv)

const shared = documentAjv(document)
const validators = new Map<string, ReturnType<typeof ajv.compile>>()

/** What speaks against a value, or nothing. */
function faults(schema: object, value: unknown): unknown[] {
  const key = JSON.stringify(schema)
  const validate = validators.get(key) ?? ajv.compile(closed(schema))
  validators.set(key, validate)
  return validate(value) ? [] : (validate.errors ?? [])
}

/**
 * The schema as it is written out, and strict also where answers are open: an example shows nothing that is not
 * described.
 */
function closed(given: any): any {
  if (Array.isArray(given)) return given.map(closed)
  if (typeof given !== 'object' || given === null) return given
  const { examples: _examples, ...schema } = resolve(document, given)
  const inside = Object.fromEntries(Object.entries(schema).map(([keyword, value]) => [keyword, closed(value)]))
  const isUnion = schema.discriminator !== undefined // its alternatives are closed
  return schema.type === 'object' && !isUnion && schema.additionalProperties !== true
    ? { ...inside, additionalProperties: false }
    : inside
}

function faultsOfAll(schema: object, values: readonly unknown[]): unknown[] {
  return values.flatMap(value => faults(schema, value))
}

/** What is wrong with the examples of a request or an answer. */
function exampleFaults(content: Content, what: string): unknown[] {
  return Object.entries(content).flatMap(([media_type, { schema, examples = {} }]) => {
    const shown = Object.entries(examples)
    if (shown.length === 0) return [`${what} ${media_type} has no example`]
    return shown.flatMap(([name, { value, summary }]) => [
      ...faults(schema, value).map(fault => [`${what} ${media_type} ${name}`, fault]),
      ...(/\S/.test(summary ?? '') ? [] : [`${what} ${name} has no summary`]),
    ])
  })
}

t.test('an example that does not fit is found', async t => {
  const { schema, examples } = operations.find(({ operationId }) => operationId === 'getContact')!.responses['200']!
    .content!['application/json']!
  const value = examples!['primary']!.value as object
  t.match(faults(schema, { ...value, contact_id: 'not a UUID' }), [{ keyword: 'minLength' }, { keyword: 'format' }])
  t.match(faults(schema, { ...value, nick_name: 'Taro' }), [{ keyword: 'additionalProperties' }])
})

t.test('every request and every answer, problems too, has examples that are valid', async t => {
  for (const { operationId, requestBody, responses } of operations) {
    const contents = Object.entries(responses).map(([status, { content }]) => [status, content] as const)
    for (const [part, content] of [['request', requestBody?.content] as const, ...contents]) {
      if (content !== undefined) t.same(exampleFaults(content, `${operationId} ${part}`), [], `${operationId} ${part}`)
    }
  }
})

t.test('R37: every type of event is a webhook of its own, with a schema and valid examples', async t => {
  const { event, ...ofTypes } = document.webhooks
  t.same(Object.keys(ofTypes), [...EVENT_TYPES, 'webhook.test'])
  const messages = '#/components/schemas/WebhookMessage'
  t.equal(event.post.requestBody.content['application/json'].schema.$ref, messages)
  t.same(Object.keys(resolve(document, { $ref: messages }).discriminator.mapping), Object.keys(ofTypes))
  for (const [type, { post }] of Object.entries<any>(document.webhooks)) {
    const { schema, examples } = post.requestBody.content['application/json']
    const validate = validatorAt(shared, schema.$ref.slice(1))
    for (const { value, summary } of Object.values<any>(examples)) {
      t.ok(validate(value), type, { errors: validate.errors })
      t.match(summary, /\S/, type)
      if (type !== 'event') t.equal(value.type, type)
    }
    t.match(post.description, /\S/, type)
    const headers = post.parameters.map((parameter: object) => resolve(document, parameter))
    t.same(namesOf(headers), ['webhook-id', 'webhook-timestamp', 'webhook-signature'], type)
    for (const { schema, example } of headers) t.same(faults(schema, example), [], type)
  }
})

t.test('every example of a problem is under its own status', async t => {
  for (const { operationId, responses } of operations) {
    for (const [status, { content }] of Object.entries(responses)) {
      const examples = Object.values(content?.['application/problem+json']?.examples ?? {})
      const statuses = new Set(examples.map(({ value }) => (value as { status: number }).status))
      t.same([...statuses], examples.length === 0 ? [] : [Number(status)], `${operationId} ${status}`)
    }
  }
})

t.test('every example of a property, a parameter and a header is valid', async t => {
  const schemas = Object.entries<any>(document.components.schemas).flatMap(([name, schema]) =>
    schemasIn(document, schema, name),
  )
  t.ok(schemas.length > 100)
  for (const { schema, path } of schemas) {
    if (schema.examples !== undefined) t.same(faultsOfAll(schema, schema.examples), [], path)
  }
  const headers = Object.entries<any>(document.components.headers).map(([name, header]) => ({ ...header, name }))
  for (const { name, schema, example } of [...operations.flatMap(({ parameters }) => parameters), ...headers]) {
    const shown = [example, ...(schema.examples ?? []), schema.default].filter(value => value !== undefined)
    t.same(faultsOfAll(schema, shown), [], name)
  }
})

t.test('no two operations show the same idempotency key', async t => {
  const keys = operations.flatMap(({ parameters }) =>
    parameters.filter(({ name }) => name === 'Idempotency-Key').map(({ schema }) => schema.examples[0]),
  )
  t.ok(keys.length > 5)
  t.equal(new Set(keys).size, keys.length)
})

function isBare({ example, schema }: { example?: unknown; schema: { examples?: unknown[] } }): boolean {
  return example === undefined && (schema.examples ?? []).length === 0
}

const namesOf = (fields: readonly { name: string }[]): string[] => fields.map(({ name }) => name)

t.test('every parameter has an example, and every header field of an answer too', async t => {
  for (const { operationId, parameters, responses } of operations) {
    t.same(namesOf(parameters.filter(isBare)), [], operationId)
    const required = parameters.filter(field => field.required === true)
    t.same(namesOf(required.filter(({ example }) => example === undefined)), [], `${operationId}: required`)
    // What Swagger UI would fill in and send unasked.
    const filled = parameters.filter(
      ({ required, example, examples, schema }) =>
        required !== true && (example ?? examples ?? schema.example) !== undefined,
    )
    t.same(namesOf(filled), [], `${operationId}: optional`)
    const headers = Object.values(responses).flatMap(({ headers = {} }) => Object.entries(headers))
    const bare = headers.filter(([, { example }]) => !example)
    t.same(bare, [], `${operationId}: header fields`)
  }
})
