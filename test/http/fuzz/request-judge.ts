import { validatorAt, type Ajv } from '../../helpers/document-ajv.ts'
import { PROBLEM_TYPE_NAMES } from '#http/problems/problem-types.ts'
import {
  parametersOf,
  pointer,
  resolved,
  type FuzzDocument,
  type Operation,
  type Parameter,
  type Schema,
} from './fuzz-document.ts'
import { asField, asQuery, given, pathText, type FuzzedRequest } from './fuzzed-request.ts'

type Part = { schema: Schema; fits: (value: unknown) => boolean }
export type Parts = Record<'path' | 'query' | 'header', Part> & { body?: (value: unknown) => boolean }

const FILES: ReadonlySet<string> = new Set(['application/x-ndjson', 'text/csv'])

// What the document says of requests.
export class RequestJudge {
  readonly #document: FuzzDocument
  readonly #ajv: Ajv

  constructor(document: FuzzDocument, ajv: Ajv) {
    this.#document = document
    this.#ajv = ajv
  }

  /** What validates each part of an operation's requests. */
  partsOf(path: string, method: string, operation: Operation): Parts {
    const { requestBody } = operation
    const parameters = parametersOf(this.#document, operation)
    const part = (where: Parameter['in']): Part => {
      const own = parameters.filter(parameter => parameter.in === where)
      const schema = {
        type: 'object',
        properties: Object.fromEntries(own.map(parameter => [parameter.name, absolute(parameter.schema)])),
        required: own.filter(({ required }) => required === true).map(({ name }) => name),
        additionalProperties: where !== 'query',
      }
      return { schema, fits: this.#ajv.compile(schema) }
    }
    // Of a body of lines no schema says what fits: a line that does not is answered in its place.
    const type = Object.keys(requestBody?.content ?? {}).find(name => !FILES.has(name))
    const at = `/paths/${pointer(path)}/${method.toLowerCase()}/requestBody/content`
    return {
      path: part('path'),
      query: part('query'),
      header: part('header'),
      ...(type !== undefined && { body: validatorAt(this.#ajv, `${at}/${pointer(type)}/schema`) }),
    }
  }

  /** What the document says of a request as it is sent: the parts of it that do not fit, in the words of `in`. */
  misfits(parts: Parts, { path, query, headers, body }: FuzzedRequest): string[] {
    const sent = {
      path: Object.fromEntries(Object.entries(path).map(([name, value]) => [name, pathText(value)])),
      query: this.#typed(
        parts.query.schema,
        Object.fromEntries(given(query).map(([name, value]) => [name, asQuery(value)])),
      ),
      // A client is refused nothing for the language that it asks for.
      header: Object.fromEntries(
        given(headers)
          .filter(([name]) => name !== 'Accept-Language')
          .map(([name, value]) => [name, asField(value).trim()]),
      ),
    }
    const wrong = (['path', 'query', 'header'] as const).filter(part => !parts[part].fits(sent[part]))
    return parts.body === undefined || parts.body(body) ? wrong : [...wrong, 'body']
  }

  /** Query parameters have the type that their schema says, where they are spelled as it is. */
  #typed({ properties = {} }: Schema, texts: Record<string, string>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(texts).map(([name, text]) => {
        const { type } = resolved(this.#document, properties[name] ?? {})
        if (type === 'array') return [name, text.split(',')]
        if (type === 'integer' && /^(0|[1-9]\d{0,15})$/.test(text)) return [name, Number(text)]
        return [name, type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text]
      }),
    )
  }
}

/** A schema whose references lead into the document from outside. */
function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as Schema
}

// What no schema can say, and the document says in words, as `in pointer code`: text that JSON allows and readers choke
// on, addresses, names (also how long they are once their width forms are unified), days in their order, cursors and
// moments; what goes with one parameter only; and the other refusals that a whole list gathers with these.
const BEYOND_SCHEMAS = [
  / (?:bad-cursor|before-start|combining-marks|control-character|duplicate|expired-from-the-start)$/,
  / (?:in-the-future|in-the-past|invalid-address|invalid-ip-range|lone-surrogate|read-only)$/,
  /_name too-long$/,
  /^body .*\/(?:privacy_notice_version|privacy_notice_shown_at|family_name|email) required$/,
  /^body #(?:\/operations\/\d+|\/confirmed_by|\/person_change|(?:\/person_change)?\/successors\/\d+)? one-of$/,
  /^header #\/If-(?:None-)?Match invalid-format$/,
  /^query #\/bom not-allowed$/,
  /^query #\/(?:channel|requester_contact_id) required$/,
  /^body #\/(?:subject|reason|operations) required$/,
  /^body #(?:\/name)? nothing-to-search-for$/,
  /^body #\/to_contract_id same-contract$/,
  new RegExp(` (?:${PROBLEM_TYPE_NAMES.filter(type => type !== 'invalid-request').join('|')})$`),
]

/** Refuses an answer that calls a request malformed which fits the schemas. */
export function assertBeyondSchemas(
  { errors }: { errors: { in: string; pointer: string; code: string }[] },
  place: string,
): void {
  const unexpected = errors
    .map(({ in: part, pointer, code }) => `${part} ${pointer} ${code}`)
    .filter(fault => !BEYOND_SCHEMAS.some(pattern => pattern.test(fault)))
  if (unexpected.length > 0) throw new Error(`refused, though it fits (${unexpected.join()}): ${place}`)
}
