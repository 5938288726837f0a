import fc from 'fast-check'
import { anyText } from '../../helpers/random-text.ts'
import {
  parametersOf,
  resolved,
  type FuzzDocument,
  type Operation,
  type Parameter,
  type Schema,
} from './fuzz-document.ts'
import { asSent, type FuzzedRequest } from './fuzzed-request.ts'

const HOSTILE = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202ex',
  '/',
  '../..',
  "'; drop table contacts; --",
  '%00',
  '%',
  '＠',
  '{}',
  'null',
  'あ'.repeat(300),
  'x'.repeat(5000),
  '__proto__',
  '2026-02-30',
  '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90',
  '0x10',
  '1e9',
  '-1',
  'W/"x"',
  '*',
  'a@b',
  'a@例え.jp',
  '㍿',
  'ﷺ'.repeat(30),
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
]
const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.constantFrom(null, true, -0, 2 ** 53, 1e308, -1, 1.5, [], {}),
  anyText(),
)
const often = <Value>(valid: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: valid, weight: 14 }, { arbitrary: nonsense, weight: 1 })

// Random requests at one operation, most of which fit its schemas.
export class RandomRequests {
  readonly #document: FuzzDocument
  readonly #known: Readonly<Record<string, readonly string[]>>

  /** `known` are ids and values that exist, so that requests get as far as the rules. */
  constructor(document: FuzzDocument, known: Readonly<Record<string, readonly string[]>>) {
    this.#document = document
    this.#known = known
  }

  requestsOf(operation: Operation): fc.Arbitrary<FuzzedRequest> {
    const { requestBody } = operation
    const known = parametersOf(this.#document, operation)
    const part = (where: Parameter['in']) => known.filter(parameter => parameter.in === where)
    const optional = (where: Parameter['in']) =>
      fc.record(
        Object.fromEntries(
          part(where).map(({ name, schema }) => [
            name,
            fc.oneof(
              { arbitrary: fc.constant(undefined), weight: 3 },
              { arbitrary: this.#valuesOf(schema, name), weight: 1 },
            ),
          ]),
        ),
      )
    const body = Object.values(requestBody?.content ?? {})[0]?.schema
    return fc.record({
      path: fc.record(Object.fromEntries(part('path').map(({ name, schema }) => [name, this.#valuesOf(schema, name)]))),
      query: optional('query'),
      headers: optional('header'),
      body: body === undefined ? fc.constant(undefined) : this.#valuesOf(body).map(asSent),
      media_type: fc.oneof(
        { arbitrary: fc.constantFrom(...Object.keys(requestBody?.content ?? { '': 1 })), weight: 20 },
        { arbitrary: fc.constantFrom('text/plain', 'application/json; charset=utf-16', ';'), weight: 1 },
      ),
      damage: fc.integer({ min: 0, max: 60 }),
    })
  }

  /** Mostly what a schema allows, sometimes not. */
  #valuesOf(given: Schema, name = ''): fc.Arbitrary<unknown> {
    const schema = resolved(this.#document, given)
    const types = [schema.type ?? 'string'].flat()
    const one = fc.oneof(...types.map(type => this.#valuesOfType(schema, type, name)))
    return often(one)
  }

  #valuesOfType(schema: Schema, type: string, name: string): fc.Arbitrary<unknown> {
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    if (type === 'null') return fc.constant(null)
    if (type === 'boolean') return fc.boolean()
    if (name === 'wait') return fc.constant(0) // hundreds of requests that wait for events would take hours
    if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 50) })
    if (type === 'array')
      return fc.array(this.#valuesOf(schema.items!, name.replace(/_ids$/, '_id').replace('bundled_', '')), {
        maxLength: 4,
      })
    if (type === 'object')
      return schema.oneOf?.[0]?.$ref === undefined
        ? this.#objectsOf(schema)
        : fc.oneof(...schema.oneOf.map(alternative => this.#valuesOf(alternative)))
    const known = [...(this.#known[name] ?? []), ...(schema.examples ?? [])]
    return known.length > 0 ? fc.constantFrom(...known) : fc.constantFrom('x', '2025-10')
  }

  #objectsOf({ properties = {}, required = [], oneOf }: Schema): fc.Arbitrary<object> {
    const fields = Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, this.#valuesOf(schema, name)]),
    )
    const needed =
      oneOf === undefined ? fc.constant(required) : fc.constantFrom(...oneOf.map(alternative => alternative.required!))
    const unneeded = new Set(oneOf?.flatMap(alternative => alternative.required!))
    return fc
      .tuple(fc.record(fields), needed, fc.integer({ min: 0, max: 2 ** 20 }), fc.integer({ min: 0, max: 40 }))
      .map(([whole, names, mask, extra]) => {
        const kept = Object.entries(whole).filter(
          ([name], index) => names.includes(name) || (!unneeded.has(name) && (mask >> index) % 2 === 1),
        )
        return Object.fromEntries([...kept, ...(extra === 0 ? [['surprise', 1]] : [])])
      })
  }
}
