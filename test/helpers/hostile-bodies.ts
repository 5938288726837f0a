import { resolve } from './openapi-document.ts'

/** A body that is as wrong as it can be in one way, and what to call it. */
export type HostileBody = { name: string; json: string }

type Step = string | number
type Place = { path: Step[]; schema: any }

const BYTES = 900_000
const MARK = '"@@here@@"'

/** What lists are filled with, whatever they should hold. */
const ITEMS = ['0', 'null', '{}', '[]', '{"unknown":0}', '"\\u0001"', '"\\ud800"']

/** Objects of so many unknown fields that a schema, and not the reader of JSON, has to find them. */
const CROWDED = `{${Array.from({ length: 9000 }, (_, index) => `"u${index}":0`).join(',')}}`

/**
 * What long texts are made of: ordinary, blank, growing or shrinking in NFKC, joining people, names of organisations.
 */
const LETTERS = ['ab ', 'ﷺ', '山', '/', '総務部', 'か゛']

/** Bodies of nearly 1 MB that no schema has to do with: what reads JSON finds them wrong. */
export function* malformedBodies(): Generator<HostileBody> {
  const bytes = 1024 * 1024
  for (const item of ITEMS) yield { name: `a list of ${item}`, json: `[${filled(item, BYTES)}]` }
  yield { name: 'one text', json: `"${'a'.repeat(bytes - 2)}"` }
  yield { name: 'deep lists', json: '['.repeat(bytes) }
  yield { name: 'deep objects', json: '{"a":'.repeat(bytes / 5) }
  yield { name: 'quotes', json: '"'.repeat(bytes) }
  yield { name: 'backslashes', json: `"${'\\'.repeat(bytes - 1)}` }
  yield { name: 'white space', json: ' '.repeat(bytes) }
  yield { name: 'digits', json: '1'.repeat(bytes) }
  yield { name: 'prototypes', json: `[${filled('{"__proto__":0}', BYTES)}]` }
  yield { name: 'a text of controls', json: `"${'\\u0001'.repeat(BYTES / 6)}"` }
  yield { name: 'controls below long keys', json: `{${nestedKeys()}}` }
}

/**
 * The example of an operation's body, broken at each place of its schema in each way that fits the place. `seen` holds
 * what was tried already, in other operations too: equal schemas are judged by the same code, and texts in lists too.
 */
export function* brokenBodies(
  document: any,
  schema: any,
  example: unknown,
  seen: Set<unknown>,
): Generator<HostileBody> {
  for (const { path, schema: found } of placesOf(document, schema)) {
    const put = (name: string, json: string): HostileBody => ({
      name: `#/${path.join('/')} ${name}`,
      json: withJson(example, path, json),
    })
    if (isOf(found, 'array')) for (const body of fullLists(document, found, seen)) yield put(body.name, body.json)
    if (isKnown(found, 'place', seen)) continue
    if (isOf(found, 'object'))
      for (const body of crowdedObjects(document, found, example, path)) yield put(body.name, body.json)
    if (isOf(found, 'array'))
      for (const item of [...ITEMS, CROWDED]) yield put(`of ${item.slice(0, 40)}`, `[${filled(item, BYTES)}]`)
    if (isOf(found, 'string') && found.enum === undefined)
      for (const letter of ['ab ', 'あ']) yield put(`of ${letter}`, JSON.stringify(letter.repeat(BYTES / 4)))
  }
}

/** Whether a schema that judges the same was tried for this before; from now on it was. */
function isKnown(schema: any, tried: string, seen: Set<unknown>): boolean {
  const { title: _title, description: _description, examples: _examples, ...judged } = schema
  const key = `${tried} ${JSON.stringify(judged)}`
  return seen.has(key) || !seen.add(key)
}

function* crowdedObjects(document: any, schema: any, example: unknown, path: Step[]): Generator<HostileBody> {
  const own = JSON.stringify(path.reduce<any>((place, step) => place?.[step], example) ?? {}).slice(1, -1)
  const among = (fields: string): string => `{${own}${own === '' ? '' : ','}${fields}}`
  yield { name: 'with unknown fields', json: among(numbered(index => `"u${index}":0`)) }
  yield { name: 'with 9,000 unknown fields', json: among(CROWDED.slice(1, -1)) }
  yield { name: 'with unknown numbers', json: among(numbered(index => `"${index}":0`)) }
  yield { name: 'with one unknown field again and again', json: among(numbered(() => '"u":0')) }
  yield { name: 'with controls in keys', json: among(numbered(index => `"${index}\\u0001":0`)) }
  yield { name: 'with a long key', json: among(`"${'k'.repeat(BYTES)}":0`) }
  const [first] = Object.entries<any>(schema.properties ?? {})
  if (first !== undefined) {
    const field = `"${first[0]}":${JSON.stringify(exampleOf(document, first[1]))}`
    yield { name: `with ${first[0]} again and again`, json: `{${filled(field, BYTES)}}` }
  }
}

/**
 * Lists at their greatest length: of one item, which is then in conflict with itself, and of items with a hostile text.
 */
function* fullLists(document: any, schema: any, seen: Set<unknown>): Generator<HostileBody> {
  const items = resolve(document, schema.items)
  const variants = (items.oneOf ?? [items]).map((variant: any) => resolve(document, variant))
  for (const item of variants.flatMap((variant: any) => hostileItems(document, variant, seen))) {
    const json = JSON.stringify(item)
    yield { name: `full of ${json.slice(0, 120)}`, json: `[${filled(json, BYTES, schema.maxItems)}]` }
  }
}

function hostileItems(document: any, schema: any, seen: Set<unknown>): unknown[] {
  const one = exampleOf(document, schema)
  if (schema.properties !== undefined) return [one, ...hostileFields(document, schema, one as object, seen)]
  return isFreeText(schema) ? longTexts(schema, 'item', seen) : [one]
}

function hostileFields(document: any, schema: any, whole: object, seen: Set<unknown>): unknown[] {
  return Object.entries<any>(schema.properties ?? {}).flatMap(([name, given]) => {
    const field = resolve(document, given)
    if (isFreeText(field)) return longTexts(field, name, seen).map(text => ({ ...whole, [name]: text }))
    if (field.properties === undefined) return []
    const inner = exampleOf(document, field) as object
    return hostileFields(document, field, inner, seen).map(value => ({ ...whole, [name]: value }))
  })
}

/** Every kind of long text for a field of lists; where such a field was tried before, the kind that grows most. */
function longTexts(schema: any, name: string, seen: Set<unknown>): string[] {
  const letters = isKnown(schema, `list of ${name}`, seen) ? ['ﷺ'] : LETTERS
  return letters.map(letter => longText(letter, schema))
}

function isFreeText(schema: any): boolean {
  return isOf(schema, 'string') && [schema.format, schema.enum, schema.pattern].every(limit => limit === undefined)
}

function longText(letters: string, { maxLength = 64 }: { maxLength?: number }): string {
  return letters.repeat(maxLength).slice(0, maxLength)
}

/** Every place of a body that its schema describes, each with a path into the example; of lists the first item. */
function placesOf(document: any, given: any, path: Step[] = []): Place[] {
  const schema = resolve(document, given)
  const variants = (schema.oneOf ?? []).filter((variant: any) => variant.$ref !== undefined)
  return [
    { path, schema },
    ...Object.entries<any>(schema.properties ?? {}).flatMap(([name, field]) =>
      placesOf(document, field, [...path, name]),
    ),
    ...(schema.items === undefined ? [] : placesOf(document, schema.items, [...path, 0])),
    ...variants.slice(0, 1).flatMap((variant: any) => placesOf(document, variant, path).slice(1)),
  ]
}

/** A value that fits a schema: its own example, else one made up. */
export function exampleOf(document: any, given: any): unknown {
  const schema = resolve(document, given)
  if (schema.examples?.[0] !== undefined) return schema.examples[0]
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.oneOf?.[0]?.$ref !== undefined) return exampleOf(document, schema.oneOf[0])
  if (schema.properties !== undefined) {
    const required: string[] = [...(schema.required ?? []), ...(schema.oneOf?.[0]?.required ?? [])]
    return Object.fromEntries(required.map(name => [name, exampleOf(document, schema.properties[name])]))
  }
  if (isOf(schema, 'array')) return [exampleOf(document, schema.items)]
  if (isOf(schema, 'integer')) return schema.minimum ?? 0
  return isOf(schema, 'boolean') ? false : 'example'
}

function isOf(schema: any, type: string): boolean {
  return [schema.type].flat().includes(type)
}

/** The example as JSON, with other JSON at one place. */
function withJson(example: unknown, path: readonly Step[], json: string): string {
  return JSON.stringify(marked(example, path)).replace(MARK, () => json)
}

function marked(value: any, [step, ...rest]: readonly Step[]): unknown {
  if (step === undefined) return MARK.slice(1, -1)
  if (typeof step === 'number') return [marked(value?.[0], rest), ...(Array.isArray(value) ? value.slice(1) : [])]
  return { ...(typeof value === 'object' ? value : {}), [step]: marked(value?.[step], rest) }
}

function filled(json: string, bytes: number, most = Infinity): string {
  const count = Math.min(most, Math.floor(bytes / (Buffer.byteLength(json) + 1)))
  return `${json},`.repeat(Math.max(count, 1)).slice(0, -1)
}

function numbered(field: (index: number) => string): string {
  return Array.from({ length: 75_000 }, (_, index) => field(index)).join(',')
}

function nestedKeys(): string {
  const key = `"${'\\u0001'.repeat(64)}":`
  return `${`${key}{`.repeat(28)}"u":[${filled('"\\u0001"', BYTES / 2)}]${'}'.repeat(28)}`
}
