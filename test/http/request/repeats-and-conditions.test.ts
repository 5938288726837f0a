import t from 'tap'
import { rowCounts } from '../../helpers/history.ts'
import { headersOfBody, operationsOf, takesFile, type Operation } from '../../helpers/openapi-document.ts'
import { testService } from '../../helpers/test-service.ts'
import { ShownRequests } from './shown-requests.ts'

// Every operation of the document as it is, with the document's own examples: what takes an Idempotency-Key repeats its
// first answer, what changes something honours If-Match, what is read answers 304. A new operation is tried as well.
const service = await testService(t)
const { app, call, clock, database } = service
clock.set('2026-05-01T00:00:00.000Z')
const operations = operationsOf(app.swagger())
const shown = await ShownRequests.on(service)

/** What makes the example of an operation another request that still fits. */
const OTHER_FIELD: Record<string, object> = {
  registerContact: { family_name: '別' },
  submitApplicationForm: { form_version: '2022-09' },
  restoreContact: { role: 'secondary' },
  changePerson: { changes: { email: 'other@aozora.example.co.jp' } },
  requestChange: { concerns_contract: true },
  transferContracts: { requested_by: { channel: 'mail', name: '別' } },
  succeedContract: { requested_by: { channel: 'mail', name: '別' } },
  confirmChangeRequest: { channel: 'mail' },
  rejectChangeRequest: { reason: '別' },
  withdrawChangeRequest: { reason: '別' },
  createApiClient: { name: '別' },
  erasePersonalData: { reason: 'no_longer_needed' },
  addApiKey: { overlap_seconds: 1 },
  createWebhookEndpoint: { description: '別' },
  addWebhookSecret: { overlap_seconds: 1 },
}

const takes = ({ parameters }: Operation, name: string): boolean =>
  parameters.some(parameter => parameter.in === 'header' && parameter.name === name)
const isSuccess = (status: string): boolean => status.startsWith('2')

t.test('a POST that creates or decides takes an Idempotency-Key; only questions do without', async t => {
  const without = operations.filter(operation => operation.method === 'post' && !takes(operation, 'Idempotency-Key'))
  t.same(
    without.map(({ operationId }) => operationId),
    [
      'planProduct',
      'planApp',
      'calculateSeats',
      'planSuccession',
      'planTransfer',
      'planPersonChange',
      'searchContacts',
      'searchCustomers',
      'planRoster',
      'reportPersonalData',
      'checkSender',
      'checkSenders',
      'reportAccountDrift',
    ],
  )
  for (const operation of without) {
    const { url, body } = await shown.requestOf(operation)
    const before = await rowCounts(database)
    t.equal((await call('POST', url, body, headersOfBody(operation))).status, 200)
    t.same(await rowCounts(database), before, `${operation.operationId} stores nothing`)
  }
})

for (const operation of operations.filter(operation => takes(operation, 'Idempotency-Key'))) {
  t.test(
    `${operation.operationId}: a repeat under its Idempotency-Key is the first answer again, another request ` +
      'is refused',
    async t => {
      const { url, body } = await shown.requestOf(operation)
      const headers = { 'idempotency-key': operation.operationId }
      const first = await call('POST', url, body, headers)
      t.ok(isSuccess(String(first.status)), first.text)
      t.ok(String(first.status) in operation.responses)
      t.notOk('idempotent-replayed' in first.headers)
      const before = await rowCounts(database)
      const again = await call('POST', url, body, headers)
      t.match(again, { status: first.status, headers: { 'idempotent-replayed': 'true' } })
      for (const name of ['etag', 'location']) t.equal(again.headers[name], first.headers[name], name)
      const shown_once = ['key', 'secret'].filter(name => name in first.body).map(name => [name, null])
      t.same(again.body, { ...first.body, ...Object.fromEntries(shown_once) })
      t.same(await rowCounts(database), before)
      const other =
        body === undefined
          ? await shown.requestOf(operation)
          : {
              url,
              body: takesFile(operation)
                ? (body as unknown as string).concat('\n')
                : { ...body, ...OTHER_FIELD[operation.operationId] },
            }
      t.match(await call('POST', other.url, other.body, headers), {
        status: 422,
        body: { type: '/problems/idempotency-key-reused' },
      })
      for (const status of ['409', '422']) t.ok(status in operation.responses, `${status} is documented`)
      t.equal((await call('POST', url, body, { 'idempotency-key': 'not visible' })).status, 400)
    },
  )
}

for (const operation of operations.filter(({ method }) => ['put', 'patch', 'delete'].includes(method))) {
  t.test(`${operation.operationId}: If-Match guards it`, async t => {
    const { url, body } = await shown.requestOf(operation)
    const before = await rowCounts(database)
    const method = operation.method.toUpperCase()
    for (const tag of ['"stale"', 'W/"stale"', '"a", "b"']) {
      t.match(
        await call(method, url, body, { 'if-match': tag }),
        {
          status: 412,
          headers: { 'content-type': 'application/problem+json' },
          body: { type: '/problems/precondition-failed', current_etag: /^"/ },
        },
        tag,
      )
    }
    t.match(await call(method, url, body, { 'if-match': 'no tag' }), {
      status: 400,
      body: { errors: [{ in: 'header', pointer: '#/If-Match' }] },
    })
    t.same(await rowCounts(database), before, 'nothing was changed')
    const { current_etag } = (await call(method, url, body, { 'if-match': '"stale"' })).body
    const done = await call(method, url, body, { 'if-match': current_etag })
    t.ok([200, 204].includes(done.status), done.text)
    if (takes(operation, 'If-None-Match'))
      t.equal((await call(method, url, body, { 'if-none-match': '*' })).status, 412)
    await shown.restore(operation)
  })
}

for (const operation of operations.filter(({ method, responses }) => method === 'get' && '304' in responses)) {
  t.test(`${operation.operationId}: If-None-Match spares what the caller has`, async t => {
    const { url } = await shown.requestOf(operation)
    const first = await call('GET', url)
    t.match(first, { status: 200, headers: { etag: /^"[\w-]{22}"$/ } }, first.text.slice(0, 200))
    const etag = first.headers['etag']!
    for (const tags of [etag, `W/${etag}`, `"another", ${etag}`, '*'])
      t.match(
        await call('GET', url, undefined, { 'if-none-match': tags }),
        { status: 304, text: '', headers: { etag } },
        tags,
      )
    t.match(await call('GET', url, undefined, { 'if-none-match': '"another"' }), { status: 200, headers: { etag } })
    t.match(await call('HEAD', url, undefined, { 'if-none-match': etag }), { status: 304, text: '' })
  })
}

t.test('every read has an entity tag but the health checks, whose answers no client keeps', async t => {
  t.same(
    operations
      .filter(({ method, responses }) => method === 'get' && !('304' in responses))
      .map(({ operationId }) => operationId),
    ['getHealth', 'getReadiness'],
  )
})
