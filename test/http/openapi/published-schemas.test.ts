import t from 'tap'
import type { Document } from '#http/openapi/document-types.ts'
import { boundSchemas } from '#http/openapi/published-schemas.ts'
import { shareParts } from '#http/openapi/shared-parts.ts'

const limit = () => ({ name: 'limit', in: 'query' })
const operation = (...parameters: { name: string; in: string }[]) => ({ get: { parameters, responses: {} } })

t.test('published schemas have bounds, integers a format, and none has a format next to a pattern', async t => {
  const day = { type: 'string', format: 'date', pattern: '^2' }
  const part = { properties: { day, seats: { type: 'integer' }, notes: { type: ['array', 'null'], items: {} } } }
  boundSchemas(part)
  t.strictSame(part.properties, {
    day: { type: 'string', format: 'date', minLength: 0, maxLength: 100 },
    seats: { type: 'integer', format: 'int32', minimum: 0, maximum: 2147483647 },
    notes: { type: ['array', 'null'], items: {}, minItems: 0, maxItems: 1_000_000 },
  })
})

t.test('examples are data, also where they look like schemas', async t => {
  const part = { example: { type: ['string'] }, examples: [{ type: ['array'] }] }
  boundSchemas({ type: 'object', properties: {}, examples: part.examples })
  t.strictSame(part.examples, [{ type: ['array'] }])
})

t.test('what two operations have in common is a component, and what one has alone is not', async t => {
  const components = { schemas: {}, responses: {} }
  const document: Document = {
    components,
    paths: { '/a': operation(limit()), '/b': operation(limit(), { name: 'state', in: 'query' }) },
  }
  shareParts(document)
  t.match(document, {
    components: { parameters: { Limit: limit() } },
    paths: {
      '/a': { get: { parameters: [{ $ref: '#/components/parameters/Limit' }] } },
      '/b': { get: { parameters: [{ $ref: '#/components/parameters/Limit' }, { name: 'state' }] } },
    },
  })
})
