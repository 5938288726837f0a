import { documentAjv, type Ajv } from './document-ajv.ts'
import { resolve } from './openapi-document.ts'

type Fits = ReturnType<Ajv['compile']>

/**
 * Says which values of a schema need no further try: no operation gets what a schema refuses, so one try is enough for
 * all schemas that judge the same.
 */
export class RefusedValues {
  readonly #ajv: Ajv
  readonly #document: any
  readonly #fits = new Map<string, Fits>()
  readonly #tried = new Map<string, Set<string>>()

  constructor(document: any) {
    this.#ajv = documentAjv(document)
    this.#document = document
  }

  /** Whether the schema refuses the value, and it was tried before. From now on it was. */
  isKnown(given: any, value: unknown): boolean {
    const { title: _title, description: _description, examples: _examples, ...judged } = resolve(this.#document, given)
    const key = JSON.stringify(judged)
    if (key.includes('"$ref"')) return false
    const fits = this.#fits.get(key) ?? this.#ajv.compile(judged)
    this.#fits.set(key, fits)
    if (fits(value)) return false
    const tried = this.#tried.get(key) ?? new Set()
    this.#tried.set(key, tried)
    const id = JSON.stringify(value)
    return tried.has(id) || !tried.add(id)
  }
}

/** The schema of a field, or of the items, of a value; undefined where alternatives leave it open. */
export function schemaWithin(document: any, given: any, value: any, name?: string): any {
  const schema = resolve(document, given)
  const variants = (schema?.oneOf ?? []).map((variant: any) => resolve(document, variant))
  const own = variants.find(({ properties }: any) =>
    [properties?.op?.enum, properties?.op?.const].flat().includes(value.op),
  )
  const found = schema?.properties !== undefined ? schema : own
  return name === undefined ? schema?.items : found?.properties?.[name]
}

/** What a parameter's text means, where the schema says that it is a number, a truth value or a list. */
export function asTyped({ type }: { type?: string }, text: string): unknown {
  if (type === 'array') return text.split(',')
  if (type === 'integer' && /^(0|[1-9]\d{0,15})$/.test(text)) return Number(text)
  return type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text
}
