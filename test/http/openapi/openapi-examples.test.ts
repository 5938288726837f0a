import { readFile } from 'node:fs/promises'
import formats from 'ajv-formats'
import Ajv from 'ajv/dist/2020.js'
import t, { type Test } from 'tap'
import { operationsOf, resolve, schemasIn, type Content } from '../../helpers/openapi-document.ts'

const document = JSON.parse(await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8'))
const operations = operationsOf(document)

const ajv = new Ajv.default({ strict: false, allErrors: true })
formats.default(ajv)

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

function checkExamples(t: Test, content: Content, what: string): void {
  for (const [media_type, { schema, examples = {} }] of Object.entries(content)) {
    t.ok(Object.keys(examples).length > 0, `${what} ${media_type} has an example`)
    for (const [name, { value, summary }] of Object.entries(examples)) {
      t.same(faults(schema, value), [], `${what} ${media_type} ${name}`)
      t.match(summary, /\S/, `${what} ${name} has a summary`)
    }
  }
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
    if (requestBody !== undefined) checkExamples(t, requestBody.content, `${operationId} request`)
    for (const [status, { content }] of Object.entries(responses)) {
      if (content !== undefined) checkExamples(t, content, `${operationId} ${status}`)
    }
  }
})

t.test('every example of a problem is under its own status', async t => {
  for (const { operationId, responses } of operations) {
    for (const [status, { content }] of Object.entries(responses)) {
      for (const { value } of Object.values(content?.['application/problem+json']?.examples ?? {})) {
        t.match(value, { status: Number(status) }, `${operationId} ${status}`)
      }
    }
  }
})

t.test('every example of a property, a parameter and a header is valid', async t => {
  const schemas = Object.entries<any>(document.components.schemas).flatMap(([name, schema]) =>
    schemasIn(document, schema, name),
  )
  t.ok(schemas.length > 100)
  for (const { schema, path } of schemas) {
    for (const example of schema.examples ?? []) t.same(faults(schema, example), [], path)
  }
  const headers = Object.entries<any>(document.components.headers).map(([name, header]) => ({ ...header, name }))
  for (const { name, schema, example } of [...operations.flatMap(({ parameters }) => parameters), ...headers]) {
    if (example !== undefined) t.same(faults(schema, example), [], name)
    for (const shown of schema.examples ?? []) t.same(faults(schema, shown), [], name)
    if (schema.default !== undefined) t.same(faults(schema, schema.default), [], name)
  }
})

t.test('no two operations show the same idempotency key', async t => {
  const keys = operations.flatMap(({ parameters }) =>
    parameters.filter(({ name }) => name === 'Idempotency-Key').map(({ schema }) => schema.examples[0]),
  )
  t.ok(keys.length > 5)
  t.equal(new Set(keys).size, keys.length)
})

t.test('every parameter has an example, and every header field of an answer too', async t => {
  for (const { operationId, parameters, responses } of operations) {
    for (const { name, required, example, examples, schema } of parameters) {
      const what = `${operationId} ${name}`
      if (required === true) t.ok(example, what)
      else t.ok(schema.examples?.length > 0, what)
      // What Swagger UI would fill in and send unasked.
      if (required !== true) t.same([example, examples, schema.example], [undefined, undefined, undefined], what)
    }
    for (const { headers = {} } of Object.values(responses)) {
      for (const [name, { example }] of Object.entries(headers)) t.ok(example, `${operationId} ${name}`)
    }
  }
})
