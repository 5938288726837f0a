import t, { type Test } from 'tap'
import { fillContract } from '../helpers/fixtures.ts'
import { operationsOf, resolve, schemasIn, type Operation } from '../helpers/openapi-document.ts'
import { asTyped, RefusedValues, schemaWithin } from '../helpers/refused-values.ts'
import { testService } from '../helpers/test-service.ts'
import { DAYS, IN_JSON, IN_URL, MOMENTS, NUMBERS, TEXTS } from '../helpers/hostile-values.ts'

// Values that JavaScript takes and PostgreSQL does not, in every place of every request from where they could reach it.

const { app, call, log } = await testService(t)
const [contact] = await fillContract(call, 'C-2024-0117', 1, { customer_id: '0012500000Xyz', product_id: 'manage_ac' })
const asked = await call('POST', '/v1/change-requests', {
  contract_id: 'C-2024-0117',
  requested_by: { name: '山田', email: contact.email, channel: 'mail' },
  operations: [{ op: 'update', contact_id: contact.contact_id, changes: { duties: ['system'] } }],
})
const { body: client } = await call('POST', '/v1/api-clients', { name: 'CRM', preset: 'crm' })
const document = app.swagger() as any
const operations = operationsOf(document)

const KNOWN: Record<string, string> = {
  contract_id: 'C-2024-0117',
  customer_id: '0012500000Xyz',
  contact_id: contact.contact_id,
  account_id: contact.account_id,
  product_id: 'manage',
  app_id: 'attendance',
  purpose: 'inquiries',
  change_request_id: asked.body.change_request_id,
  client_id: client.client_id,
}

type Parts = {
  path: Record<string, string>
  query: Record<string, string>
  headers: Record<string, string>
  body: unknown
}

/** A request of an operation that fits its schemas: known ids, what it demands, and its first example. */
function exampleRequest({ parameters, requestBody }: Operation): Parts {
  const part = (where: string, isNeeded: (required: boolean) => boolean) =>
    Object.fromEntries(
      parameters
        .filter(parameter => parameter.in === where && isNeeded(parameter.required === true))
        .map(({ name, schema }) => [name, KNOWN[name] ?? String(schema.examples?.[0] ?? 'x')]),
    )
  return {
    path: part('path', () => true),
    query: part('query', required => required),
    headers: parameters.some(({ name }) => name === 'If-Match') ? { 'if-match': '*' } : {},
    body: Object.values(Object.values(requestBody?.content ?? {})[0]?.examples ?? {})[0]?.value,
  }
}

async function assertNoFailure(t: Test, { path, method }: Operation, { path: ids, query, headers, body }: Parts) {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name]!.toWellFormed()))
  const text = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&')
  const sent = { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) }
  const answer = await call(method.toUpperCase(), `${url}?${text}`, body && JSON.stringify(body), sent)
  if (answer.status >= 500)
    t.fail(`${answer.status}: ${url}?${text.slice(0, 200)} ${JSON.stringify(body).slice(0, 300)}`)
}

const refused = new RefusedValues(document)

/** Every copy of a JSON value in which one of its leaves is another, unless its schema was seen to refuse that. */
function* withOneLeaf(value: unknown, leaf: unknown, schema: unknown): Generator {
  if (Array.isArray(value)) {
    const items = schemaWithin(document, schema, value)
    for (const [index, item] of firstOfEachKind(value))
      for (const copy of withOneLeaf(item, leaf, items)) yield value.toSpliced(index, 1, copy)
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value))
      for (const copy of withOneLeaf(item, leaf, schemaWithin(document, schema, value, name)))
        yield { ...value, [name]: copy }
  } else if (schema === undefined || !refused.isKnown(schema, leaf)) yield leaf
}

/** The items of a list, but for those that have the same fields as an item before them. */
function firstOfEachKind(items: unknown[]): [index: number, item: unknown][] {
  const kinds = Map.groupBy(items.entries(), ([, item]) =>
    typeof item === 'object'
      ? Object.keys(item ?? {})
          .toSorted()
          .join()
      : typeof item,
  )
  return [...kinds.values()].map(([first]) => first!)
}

// All operations share the code that reads these, before any of them runs: one operation of each method shows it.
const SHARED = new Set(['Accept-Language', 'If-Match', 'If-None-Match', 'Idempotency-Key'])
const shown = new Set<string>()
const isShown = (key: string): boolean => shown.has(key) || !shown.add(key)

for (const operation of operations) {
  t.test(`${operation.operationId} answers hostile values with a problem of the request`, async t => {
    const fit = exampleRequest(operation)
    for (const { name, in: where, schema } of operation.parameters) {
      if (SHARED.has(name) && isShown(`${operation.method} ${name}`)) continue
      for (const value of IN_URL) {
        if (refused.isKnown(schema, asTyped(schema, where === 'header' ? fieldText(value) : value))) continue
        if (where === 'path') await assertNoFailure(t, operation, { ...fit, path: { ...fit.path, [name]: value } })
        if (where === 'query') await assertNoFailure(t, operation, { ...fit, query: { ...fit.query, [name]: value } })
        if (where === 'header')
          await assertNoFailure(t, operation, { ...fit, headers: { ...fit.headers, [name]: fieldText(value) } })
      }
    }
    if (fit.body === undefined) return
    const { schema } = Object.values(operation.requestBody!.content)[0]!
    for (const value of IN_JSON)
      for (const body of withOneLeaf(fit.body, value, schema)) await assertNoFailure(t, operation, { ...fit, body })
  })
}

function fieldText(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 8000)
}

// A cursor is only encoded, so that its position is a parameter like any other.
for (const operation of operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'))) {
  t.test(`${operation.operationId} answers forged cursors with a problem of the request`, async t => {
    const fit = exampleRequest(operation)
    const url = operation.path.replaceAll(/\{(\w+)\}/g, ':$1')
    const positions: unknown[] = [
      ...IN_JSON,
      ...MOMENTS.map(occurred_at => ({ occurred_at, history_id: 1 })),
      ...NUMBERS.map(history_id => ({ occurred_at: '2026-04-01T00:30:00.000Z', history_id })),
      ...[...DAYS, ...MOMENTS].map(day => ({ contract_id: 'x', day })),
      ...TEXTS.map(contract_id => ({ contract_id, day: '2026-04-01' })),
      ...[null, [], {}, true].flatMap(value => [
        value,
        { occurred_at: value, history_id: value },
        { contract_id: value },
      ]),
    ]
    for (const state of operation.operationId === 'listContracts'
      ? ['not_yet_in_force', 'in_force', 'ended', '']
      : ['']) {
      const query = { ...fit.query, ...(state !== '' && { state }) }
      const filters = Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1))
      for (const position of positions) {
        const list = JSON.stringify([url, fit.path, filters])
        const cursor = Buffer.from(JSON.stringify([list, position])).toString('base64url')
        await assertNoFailure(t, operation, { ...fit, query: { ...query, cursor } })
      }
    }
  })
}

t.test('a cursor of the year 0000 is refused as a cursor', async t => {
  const url = '/v1/contracts/C-2024-0117/history'
  const list = JSON.stringify(['/v1/contracts/:contract_id/history', { contract_id: 'C-2024-0117' }, []])
  const forged = async (occurred_at: string) => {
    const cursor = Buffer.from(JSON.stringify([list, { occurred_at, history_id: 1 }])).toString('base64url')
    return await call('GET', `${url}?cursor=${cursor}`)
  }
  t.match(await forged('0000-01-01T00:00:00.000Z'), {
    status: 400,
    body: { type: '/problems/invalid-request', errors: [{ pointer: '#/cursor', code: 'bad-cursor' }] },
  })
  t.equal((await forged('2026-04-01T00:30:00.000Z')).status, 200, 'the list is named as the service names it')
})

t.test('every number, day, moment and text of a request has the bounds of what is stored', async t => {
  for (const { operationId, parameters, requestBody } of operations) {
    const [type, content] = Object.entries<any>(requestBody?.content ?? {})[0] ?? []
    const body = /[/+]json$/.test(type ?? '') ? content.schema : undefined // a file is bounded by its size
    const places = [
      ...parameters.map(({ name, schema }) => ({ schema: resolve(document, schema), path: name })),
      ...(body === undefined ? [] : schemasIn(document, body, 'body')),
    ]
    for (const { schema, path } of places) {
      const types = [schema.type].flat()
      const place = `${operationId} ${path}`
      t.notOk(types.includes('number'), `${place} is an integer`)
      if (types.includes('integer'))
        t.ok(schema.minimum >= -(2 ** 31) && schema.maximum < 2 ** 31, `${place} fits an integer of PostgreSQL`)
      if (
        types.includes('string') &&
        schema.enum === undefined &&
        !['date', 'date-time', 'uuid'].includes(schema.format)
      )
        t.ok(schema.maxLength <= 65_536, `${place} has a greatest length`)
    }
  }
})

t.test('what was answered left no failure in the log', async t => {
  t.same(
    log.filter(line => line.includes('request failed')),
    [],
  )
})
