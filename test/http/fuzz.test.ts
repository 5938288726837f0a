import t from 'tap'
import Ajv from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { fillContract } from '../helpers/fixtures.ts'
import { notJapanese } from '../helpers/texts.ts'
import { testService } from '../helpers/test-service.ts'
import { PROBLEM_TYPE_NAMES } from '#http/problems/problem-types.ts'
import { securityHeaders } from '#http/response/security-headers.ts'

// Random requests at every documented operation, built from the document that the service publishes, and judged by it
// both ways: what does not fit its schemas is never accepted, what fits is never called malformed. Run one seed again
// with SEED=… and more of them with CASES=….
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
const runs = Number(process.env['CASES'] ?? 100)
t.comment(`fuzz seed ${seed}, ${runs} requests an operation`)

type Schema = {
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
type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }
type Response = { $ref?: string; description?: string; content?: object; headers?: Record<string, object> }
type Operation = {
  operationId: string
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { content: Record<string, { schema: Schema; examples?: Record<string, { value: object }> }> }
  responses: Record<string, Response>
}

const { app, call, database } = await testService(t)
const contacts = await fillContract(call, 'C-2024-0117', 2, { customer_id: '0012500000Xyz', product_id: 'manage_ac' })
const requests: string[] = []
for (const concerns_contract of [true, true, false, false]) {
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'C-2024-0117',
    concerns_contract,
    requested_by: { name: '山田', email: contacts[0].email, channel: 'mail' },
    operations: [{ op: 'update', contact_id: contacts[1].contact_id, changes: { duties: ['system'] } }],
  })
  requests.push(asked.body.change_request_id)
}
const { body: client } = await call('POST', '/v1/api-clients', { name: 'Fuzz', preset: 'crm' })
const document = app.swagger() as unknown as {
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    parameters: Record<string, Parameter>
    responses: Record<string, Response>
  }
}
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)

const ajv = new Ajv.default({ strict: false, inlineRefs: false, code: { optimize: false } })
addFormats.default(ajv)
ajv.addSchema({ $id: 'document', ...document })
const fitsProblem = ajv.compile({ $ref: 'document#/components/schemas/Problem' })
const CLOSED_PROBLEM = new Set(Object.keys(document.components.schemas['Problem']!.properties!))

/** Ids that exist, so that requests get as far as the rules. */
const KNOWN: Record<string, readonly string[]> = {
  customer_id: ['0012500000Xyz', 'fuzz-1'],
  contract_id: ['C-2024-0117', 'fuzz-1', 'fuzz-2'],
  product_id: ['manage', 'manage_ac', 'data_link', 'fuzz-1'],
  app_id: ['attendance', 'expenses', 'fuzz-1'],
  client_id: [client.client_id],
  ip_ranges: ['10.0.0.0/8', '::/0'],
  contact_id: contacts.map(contact => contact.contact_id),
  change_request_id: requests,
  effective_on: ['2026-04-01', '2026-04-02'],
  received_on: ['2026-03-25'],
  as_of: ['2026-04-01T00:30:00Z', '2026-04-01T09:30:00+09:00', '2030-01-01T00:00:00Z'],
  'If-Match': ['*', '"x"'],
  'Accept-Language': ['ja', 'ja-JP, en;q=0.5'],
  account_id: contacts.map(contact => contact.account_id),
  email: ['a@fuzz.example.jp', 'b@fuzz.example.jp', contacts[0].email],
  family_name: ['山田', '伊藤', 'Smith'],
  starts_on: ['2024-04-01', '2027-01-01'],
  ends_on: ['2026-03-31', '2026-04-01', '2030-12-31'],
  cursor: ['AAAA'],
  password_set_at: ['2026-04-01T00:00:00Z'],
}

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
  fc.string({ unit: 'binary' }),
)
const often = <Value>(valid: fc.Arbitrary<Value>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: valid, weight: 14 }, { arbitrary: nonsense, weight: 1 })

function resolved(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1)!]!
}

/** Mostly what a schema allows, sometimes not. */
function valuesOf(given: Schema, name = ''): fc.Arbitrary<unknown> {
  const schema = resolved(given)
  const types = [schema.type ?? 'string'].flat()
  const one = fc.oneof(...types.map(type => valuesOfType(schema, type, name)))
  return often(one)
}

function valuesOfType(schema: Schema, type: string, name: string): fc.Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (type === 'null') return fc.constant(null)
  if (type === 'boolean') return fc.boolean()
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 100, 50) })
  if (type === 'array')
    return fc.array(valuesOf(schema.items!, name.replace(/_ids$/, '_id').replace('bundled_', '')), { maxLength: 4 })
  if (type === 'object')
    return schema.oneOf?.[0]?.$ref === undefined
      ? objectsOf(schema)
      : fc.oneof(...schema.oneOf.map(alternative => valuesOf(alternative)))
  const known = [...(KNOWN[name] ?? []), ...(schema.examples ?? [])]
  return known.length > 0 ? fc.constantFrom(...known) : fc.constantFrom('x', '2025-10')
}

function objectsOf({ properties = {}, required = [], oneOf }: Schema): fc.Arbitrary<object> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valuesOf(schema, name)]))
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

type FuzzedRequest = {
  path: Record<string, unknown>
  query: Record<string, unknown>
  headers: Record<string, unknown>
  body: unknown
  media_type: string
  damage: number
}

function parametersOf({ parameters = [] }: Operation): Parameter[] {
  return parameters.map(parameter =>
    '$ref' in parameter ? document.components.parameters[parameter.$ref.split('/').at(-1)!]! : parameter,
  )
}

function requestsOf(operation: Operation): fc.Arbitrary<FuzzedRequest> {
  const { requestBody } = operation
  const known = parametersOf(operation)
  const part = (where: Parameter['in']) => known.filter(parameter => parameter.in === where)
  const optional = (where: Parameter['in']) =>
    fc.record(
      Object.fromEntries(
        part(where).map(({ name, schema }) => [
          name,
          fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: valuesOf(schema, name), weight: 1 }),
        ]),
      ),
    )
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return fc.record({
    path: fc.record(Object.fromEntries(part('path').map(({ name, schema }) => [name, valuesOf(schema, name)]))),
    query: optional('query'),
    headers: optional('header'),
    body: body === undefined ? fc.constant(undefined) : valuesOf(body).map(asSent),
    media_type: fc.oneof(
      { arbitrary: fc.constantFrom(...Object.keys(requestBody?.content ?? { '': 1 })), weight: 20 },
      { arbitrary: fc.constantFrom('text/plain', 'application/json; charset=utf-16', ';'), weight: 1 },
    ),
    damage: fc.integer({ min: 0, max: 60 }),
  })
}

/** A body as it arrives: JSON has no infinite numbers and no negative zero. */
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')).toWellFormed()
/** What a query parameter can carry: several values are divided by commas. */
const asQuery = (value: unknown): string => (Array.isArray(value) ? value.map(asText).join() : asText(value))
/** What a header can carry. */
const asField = (value: unknown): string =>
  asText(value)
    .replace(/[^\x20-\x7e\x80-\xff]/g, '?')
    .slice(0, 3000)

/** What the document says of a request as it is sent: the parts of it that do not fit, in the words of `in`. */
function misfits(parts: Parts, { path, query, headers, body }: FuzzedRequest): string[] {
  const sent = {
    path: Object.fromEntries(Object.entries(path).map(([name, value]) => [name, pathText(value)])),
    query: typed(parts.query.schema, Object.fromEntries(given(query).map(([name, value]) => [name, asQuery(value)]))),
    // Nobody is refused anything for the language that they ask for.
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
function typed({ properties = {} }: Schema, texts: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => {
      const { type } = resolved(properties[name] ?? {})
      if (type === 'array') return [name, text.split(',')]
      if (type === 'integer' && /^(0|[1-9]\d{0,15})$/.test(text)) return [name, Number(text)]
      return [name, type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text]
    }),
  )
}

type Part = { schema: Schema; fits: (value: unknown) => boolean }
type Parts = Record<'path' | 'query' | 'header', Part> & { body?: (value: unknown) => boolean }

function partsOf(operation: Operation): Parts {
  const { requestBody } = operation
  const parameters = parametersOf(operation)
  const part = (where: Parameter['in']): Part => {
    const own = parameters.filter(parameter => parameter.in === where)
    const schema = {
      type: 'object',
      properties: Object.fromEntries(own.map(parameter => [parameter.name, absolute(parameter.schema)])),
      required: own.filter(({ required }) => required === true).map(({ name }) => name),
      additionalProperties: where !== 'query',
    }
    return { schema, fits: ajv.compile(schema) }
  }
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return {
    path: part('path'),
    query: part('query'),
    header: part('header'),
    ...(body !== undefined && { body: ajv.compile(absolute(body)) }),
  }
}

/** A schema whose references lead into the document from outside. */
function absolute(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"document#/')) as Schema
}

// What no schema can say, and the document says in words, as `in pointer code`: text that JSON allows and readers choke
// on, addresses, names (also how long they are once their width forms are unified), days in their order, cursors and
// moments; what goes with one parameter only; and the other refusals that a whole list gathers beside these.
const BEYOND_SCHEMAS = [
  / (?:bad-cursor|before-start|combining-marks|control-character|duplicate|expired-from-the-start)$/,
  / (?:in-the-future|in-the-past|invalid-address|invalid-ip-range|lone-surrogate|read-only)$/,
  /_name too-long$/,
  /^body .*\/(?:privacy_notice_version|privacy_notice_shown_at|family_name|email) required$/,
  /^body #(?:\/operations\/\d+|\/confirmed_by|\/successors\/\d+)? one-of$/,
  /^header #\/If-(?:None-)?Match invalid-format$/,
  /^query #\/bom not-allowed$/,
  /^query #\/(?:channel|requester_contact_id) required$/,
  /^body #\/(?:subject|reason) required$/,
  /^body #(?:\/name)? nothing-to-search-for$/,
  new RegExp(` (?:${PROBLEM_TYPE_NAMES.filter(type => type !== 'invalid-request').join('|')})$`),
]

const given = (values: Record<string, unknown>): [string, unknown][] =>
  Object.entries(values).filter(([, value]) => value !== undefined)
const pathText = (value: unknown): string => (/^\.+$/.test(asText(value)) ? 'x' : asText(value))

async function send(path: string, method: string, request: FuzzedRequest) {
  const url = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(pathText(request.path[name]))) || '/'
  const query = Object.entries(request.query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(asQuery(value))}`)
    .join('&')
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, asField(value)]),
  )
  if (request.body === undefined) return await call(method, query === '' ? url : `${url}?${query}`, undefined, headers)
  const json = JSON.stringify(request.body)
  const body =
    request.damage === 0
      ? json.slice(0, -1)
      : request.damage === 1
        ? Buffer.from(json, 'latin1')
        : request.damage === 2
          ? json.replace('{', '{"a":1,"a":2,')
          : json
  return await call(method, query === '' ? url : `${url}?${query}`, body, {
    ...headers,
    ...(request.media_type !== '' && { 'content-type': request.media_type }),
  })
}

const seen = new Map<string, number>()

for (const { path, method, operation } of operations) {
  t.test(`${operation.operationId}: ${method} ${path}`, async t => {
    const documentedHeaders = new Map<string, Set<string>>()
    const parts = partsOf(operation)
    const validators = new Map(
      Object.keys(operation.responses).flatMap(status => {
        const { at, content = {}, headers = {} } = responseOf(path, method, operation, status)
        documentedHeaders.set(status, new Set(Object.keys(headers).map(name => name.toLowerCase())))
        return Object.keys(content).map(
          media_type =>
            [
              `${status} ${media_type}`,
              ajv.compile({ $ref: `document#${at}/content/${pointer(media_type)}/schema` }),
            ] as const,
        )
      }),
    )
    await fc.assert(
      fc.asyncProperty(requestsOf(operation), async request => {
        const answer = await send(path, method, request)
        seen.set(`${answer.status}`, (seen.get(`${answer.status}`) ?? 0) + 1)
        const media_type = answer.headers['content-type']?.split(';')[0]
        const place = `${answer.status} ${media_type}: ${answer.text.slice(0, 300)}`
        if (answer.status >= 500) throw new Error(`a failure: ${place}`)
        const status = documentedStatus(operation, answer.status)
        if (status === undefined) throw new Error(`not documented: ${place}`)
        if (answer.headers['request-id'] === undefined) throw new Error(`no request id: ${place}`)
        const headers = Object.keys(answer.headers).filter(
          name => !GENERAL_HEADERS.has(name) && !documentedHeaders.get(status)?.has(name),
        )
        if (headers.length > 0) throw new Error(`header not documented: ${headers} ${place}`)
        const wrong = isGarbled(request) ? ['body'] : misfits(parts, request)
        if (answer.status < 400 && !isGarbled(request) && (wrong.length > 0 || isDamaged(request)))
          throw new Error(`accepted, though ${wrong} does not fit: ${place}`)
        if (answer.status === 400 && wrong.length === 0 && !isDamaged(request)) assertBeyondSchemas(answer.body, place)
        const verdict = wrong.length === 0 ? 'fits' : 'misfits'
        seen.set(verdict, (seen.get(verdict) ?? 0) + 1)
        if (answer.status === 204 || answer.status === 304) {
          if (answer.text !== '') throw new Error(`a body: ${place}`)
          return
        }
        const validate = validators.get(`${status} ${media_type}`)
        if (validate === undefined) throw new Error(`not a documented media type: ${place}`)
        if (!validate(answer.body))
          throw new Error(`does not fit its schema: ${JSON.stringify(validate.errors)} ${place}`)
        if (answer.status >= 400) assertProblem(answer.body, answer.status, place)
        if (answer.headers['content-language'] === 'ja' && notJapanese(answer.body).length > 0)
          throw new Error(`not in Japanese: ${notJapanese(answer.body).join()} ${place}`)
      }),
      { seed, numRuns: runs },
    )
    t.pass(`${runs} requests`)
  })
}

/** A response, where in the document it stands, and what it holds. */
function responseOf(path: string, method: string, { responses }: Operation, status: string): { at: string } & Response {
  const { $ref, ...response } = responses[status]!
  if ($ref === undefined)
    return { at: `/paths/${pointer(path)}/${method.toLowerCase()}/responses/${status}`, ...response }
  return { at: $ref.slice(1), ...document.components.responses[$ref.split('/').at(-1)!] }
}

/** Where an operation documents a status: under its number, or among those that any path may answer. */
function documentedStatus({ responses }: Operation, status: number): string | undefined {
  if (String(status) in responses) return String(status)
  const { Unexpected } = document.components.responses
  return responses['default'] !== undefined && Unexpected?.description?.includes(` ${status} `) ? 'default' : undefined
}

// Every answer has them, so that the document says them once, in words or by what HTTP is.
const GENERAL_HEADERS = new Set([
  ...Object.keys(securityHeaders({ with_tls: false })),
  'cache-control',
  'connection',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'vary',
])

/** Whether what is sent lost its characters on the way, so that nobody knows what it says. */
function isGarbled({ body, damage }: FuzzedRequest): boolean {
  return damage === 1 && body !== undefined && /[^\x20-\x7e]/.test(JSON.stringify(body))
}

/** Whether what is sent is not JSON, or not said to be. */
function isDamaged({ body, damage, media_type }: FuzzedRequest): boolean {
  if (body === undefined) return false
  return damage === 0 || (damage === 2 && JSON.stringify(body).includes('{')) || !media_type.endsWith('json')
}

function assertBeyondSchemas(
  { errors }: { errors: { in: string; pointer: string; code: string }[] },
  place: string,
): void {
  const unexpected = errors
    .map(({ in: part, pointer, code }) => `${part} ${pointer} ${code}`)
    .filter(fault => !BEYOND_SCHEMAS.some(pattern => pattern.test(fault)))
  if (unexpected.length > 0) throw new Error(`refused, though it fits (${unexpected.join()}): ${place}`)
}

function assertProblem(problem: any, status: number, place: string): void {
  const undocumented = Object.keys(problem).filter(name => !CLOSED_PROBLEM.has(name))
  if (!fitsProblem(problem as unknown) || problem.status !== status || undocumented.length > 0)
    throw new Error(`no documented problem (${undocumented}): ${place}`)
  if (!/^\/problems\/[a-z-]+$/.test(problem.type)) throw new Error(`no problem type: ${place}`)
}

function pointer(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'))
}

t.test('the requests got as far as the rules, and the registry is whole after them', async t => {
  t.comment(`answers by status: ${JSON.stringify(Object.fromEntries(seen))}`)
  for (const status of ['200', '201', '400', '404', '409', '422', 'fits', 'misfits']) t.ok(seen.has(status), status)
  const [broken] = await database.run<Record<string, number>>({
    name: '',
    values: [],
    text: `select
      (select count(*) from contracts c where seats_used <> (select count(*) from contacts p
        where p.contract_id = c.contract_id and removed_at is null)) as seats,
      (select count(*) from contracts c where seats_used > 0 and 1 <> (select count(*) from contacts p
        where p.contract_id = c.contract_id and removed_at is null and role = 'primary')) as primaries,
      (select count(*) from contacts p join contracts c using (contract_id) join support_accounts a using (account_id)
        where p.removed_at is null and a.closed_at is not null and (c.ends_on is null
          or c.ends_on >= '2026-04-01')) as closed`,
  })
  t.same(broken, { seats: 0, primaries: 0, closed: 0 })
})
