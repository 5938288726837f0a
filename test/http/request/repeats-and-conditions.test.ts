import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { operationsOf, type Operation } from '../../helpers/openapi-document.ts'
import { testService } from '../../helpers/test-service.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SHARER_IDS,
  SUCCESSOR_ID,
} from '#http/schemas/examples.ts'

// Every operation of the document as it is, with the document's own examples: what takes an Idempotency-Key repeats its
// first answer, what changes something honours If-Match, what is read answers 304. A new operation is tried as well.
const { app, call, callWith, clock, database } = await testService(t)
clock.set('2026-05-01T00:00:00.000Z')
const operations = operationsOf(app.swagger())

const filled = { customer_id: CUSTOMER_ID, product_id: 'manage_ac' }
await fillContract(call, CONTRACT_ID, 3, filled)
const client = await createClient(call, ['customers:read'])

/** Who is on the contract now: operations change that. */
const contact = async (role: string, place = 0): Promise<any> =>
  (await call('GET', `/v1/contracts/${CONTRACT_ID}/contacts?role=${role}`)).body.items[place]

/** A change request that is ready, or that the primary has to confirm, or that has to be approved for its day. */
async function askForChange(is_unknown: boolean, effective_on: string | null = null): Promise<string> {
  const { contact_id, email } = await contact('primary')
  const ask = effective_on === null ? call : callWith('requests:write')
  const { body } = await ask('POST', '/v1/change-requests', {
    contract_id: CONTRACT_ID,
    effective_on,
    requested_by: { email: is_unknown ? `x${email}` : email, channel: 'mail' },
    operations: [{ op: 'update', contact_id, changes: { duties: ['operations'] } }],
  })
  return body.change_request_id
}

/** The example that stands for each id of a path, also where an operation shows another one. */
const EXAMPLE_IDS: Record<string, string> = {
  account_id: ACCOUNT_ID,
  change_request_id: CHANGE_REQUEST_ID,
  client_id: API_CLIENT_ID,
  contact_id: CONTACT_ID,
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  key_id: API_KEY_ID,
}

/**
 * What stands in a request instead of the ids of the examples. Some operations need something that is not used up yet.
 */
const READY: Record<string, () => Promise<Record<string, string>>> = {
  submitApplicationForm: async () => {
    await putContract(call, 'form', filled)
    return { [CONTRACT_ID]: 'form' }
  },
  registerContact: async () => {
    await fillContract(call, 'register', 1, { ...filled, customer_id: 'other' })
    return { [CONTRACT_ID]: 'register', '@aozora.': '@other.' }
  },
  deleteCustomer: async () => {
    await call('PUT', '/v1/customers/unused', { name: '株式会社未使用' })
    return { [CUSTOMER_ID]: 'unused' }
  },
  deleteContract: async () => {
    await putContract(call, 'unused', filled)
    return { [CONTRACT_ID]: 'unused' }
  },
  removeContact: async () => ({ [CONTACT_ID]: (await contact('secondary')).contact_id }),
  getApplicationForm: async () => ({ [CONTRACT_ID]: 'form' }),
  confirmChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await askForChange(true) }),
  approveChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await askForChange(false, '2026-05-02') }),
  applyChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await askForChange(false) }),
  rejectChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await askForChange(true) }),
  withdrawChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await askForChange(true) }),
}

/** A request of an operation as the document shows it, about things that are there. */
async function requestOf({
  operationId,
  path,
  parameters,
  requestBody,
}: Operation): Promise<{ url: string; body: object | undefined }> {
  const primary = await contact('primary')
  const ids = {
    [CONTACT_ID]: primary.contact_id,
    [SUCCESSOR_ID]: (await contact('secondary')).contact_id,
    [SHARER_IDS[0]]: (await contact('secondary', 1))?.contact_id,
    [ACCOUNT_ID]: primary.account_id,
    [API_CLIENT_ID]: client.client_id,
    [API_KEY_ID]: client.body.keys[0].key_id,
    [CHANGE_REQUEST_ID]: await askForChange(false),
    ...(await READY[operationId]?.()),
  }
  const replaced = (text: string): string =>
    Object.entries(ids).reduce((text, [example, id]) => text.replaceAll(example, id), text)
  const shown = (name: string): string => String(parameters.find(parameter => parameter.name === name)?.example)
  const query = parameters
    .filter(parameter => parameter.in === 'query' && parameter.required === true)
    .map(({ name }) => `${name}=${shown(name)}`)
    .join('&')
  const [example] = Object.values(requestBody?.content ?? {}).flatMap(({ examples = {} }) => Object.values(examples))
  const filled = replaced(path.replaceAll(/\{(\w+)\}/g, (_, name) => EXAMPLE_IDS[name] ?? shown(name)))
  return {
    url: query === '' ? filled : `${filled}?${query}`,
    body: example === undefined ? undefined : JSON.parse(replaced(JSON.stringify(example.value))),
  }
}

/** What makes the example of an operation another request that still fits. */
const OTHER_FIELD: Record<string, object> = {
  registerContact: { family_name: '別' },
  submitApplicationForm: { form_version: '2022-09' },
  changePerson: { changes: { email: 'other@aozora.example.co.jp' } },
  requestChange: { concerns_contract: true },
  confirmChangeRequest: { channel: 'mail' },
  rejectChangeRequest: { reason: '別' },
  withdrawChangeRequest: { reason: '別' },
  createApiClient: { name: '別' },
  addApiKey: { overlap_seconds: 1 },
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
      'planPersonChange',
      'searchContacts',
      'searchCustomers',
      'planRoster',
      'checkSender',
      'checkSenders',
    ],
  )
  for (const operation of without) {
    const { url, body } = await requestOf(operation)
    const before = await rowCounts(database)
    t.equal((await call('POST', url, body)).status, 200)
    t.same(await rowCounts(database), before, `${operation.operationId} stores nothing`)
  }
})

for (const operation of operations.filter(operation => takes(operation, 'Idempotency-Key'))) {
  t.test(
    `${operation.operationId}: a repeat under its Idempotency-Key is the first answer again, another request ` +
      'is refused',
    async t => {
      const { url, body } = await requestOf(operation)
      const headers = { 'idempotency-key': operation.operationId }
      const first = await call('POST', url, body, headers)
      t.ok(isSuccess(String(first.status)), first.text)
      t.ok(String(first.status) in operation.responses)
      t.notOk('idempotent-replayed' in first.headers)
      const before = await rowCounts(database)
      const again = await call('POST', url, body, headers)
      t.match(again, { status: first.status, headers: { 'idempotent-replayed': 'true' } })
      for (const name of ['etag', 'location']) t.equal(again.headers[name], first.headers[name], name)
      t.same(again.body, 'key' in first.body ? { ...first.body, key: null } : first.body)
      t.same(await rowCounts(database), before)
      const other =
        body === undefined
          ? await requestOf(operation)
          : { url, body: { ...body, ...OTHER_FIELD[operation.operationId] } }
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
    const { url, body } = await requestOf(operation)
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
    await restore(operation)
  })
}

/** What an operation took away is there again for the next one. */
async function restore({ operationId }: Operation): Promise<void> {
  if (operationId === 'revokeApiKey')
    client.body.keys = (await call('POST', `/v1/api-clients/${client.client_id}/keys`, {})).body.keys
  if (operationId === 'revokeApiClient') Object.assign(client, await createClient(call, ['customers:read']))
}

for (const operation of operations.filter(({ method, responses }) => method === 'get' && '304' in responses)) {
  t.test(`${operation.operationId}: If-None-Match spares what the caller has`, async t => {
    const { url } = await requestOf(operation)
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

t.test('whatever is read has an entity tag, but what is asked all the time and never kept', async t => {
  t.same(
    operations
      .filter(({ method, responses }) => method === 'get' && !('304' in responses))
      .map(({ operationId }) => operationId),
    ['getHealth', 'getReadiness'],
  )
})
