import t from 'tap'
import pino from 'pino'
import { buildApp } from '#app.ts'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { loggableError } from '#db/driver/loggable-error.ts'
import { secret, SECRETS } from './log-secrets.ts'

const { app, call, context, owner_url, log } = await testService(t, undefined, {
  trusted_proxies: ['192.0.2.0/24'],
  cors_origins: ['https://desk.example.com'],
  address_requests: 12,
  failed_authentications: 2,
})
const run = async (text: string) => await query(owner_url, text)

t.test('after a whole tour no name, address, key, body or query shows up in any log line', async t => {
  await call('PUT', '/v1/customers/tour', { name: '株式会社内緒' })
  await putContract(call, 'tour', { customer_id: 'tour' })
  await call('PUT', '/v1/customers/tour', { name: '株式会社内緒' })
  await call('POST', '/v1/contracts/tour/contacts', { ...secret, role: 'primary', privacy_notice_version: 'notice-9' })
  const [contact] = (await call('GET', '/v1/contracts/tour/contacts')).body.items
  await call('POST', '/v1/contracts/tour/contacts', secret)
  await call('POST', '/v1/contracts/tour/contacts', { ...secret, secret: 1 })
  await call('POST', '/v1/contracts/tour/contacts', '{"family_name":"秘山')
  await call(
    'POST',
    '/v1/contracts/tour/contacts',
    { ...secret, family_name: '秘山/密子' },
    { 'idempotency-key': 'secret-key-1' },
  )
  await call(
    'PATCH',
    `/v1/contacts/${contact.contact_id}`,
    { email: 'other@naisho.example.jp' },
    { 'if-match': '"secret-tag"' },
  )
  await call('PATCH', `/v1/contacts/${contact.contact_id}`, { email: 'other@naisho.example.jp' })
  await call('PUT', '/v1/contracts/tour/primary', {
    new_contact: { ...secret, email: 'new@naisho.example.jp' },
    former_primary: 'removed',
  })
  for (const url of [
    '/v1/contacts?email=secret@naisho.example.jp',
    '/v1/contacts?cursor=supersecretcursor',
    '/v1/contacts/secret@naisho.example.jp',
    '/secret/naisho?secret=1',
    '/v1/customers/%zzsecret',
    `/v1/customers/${'secret'.repeat(500)}`,
    '/v1/contacts?limit=secret',
  ])
    await call('GET', url)
  await call('GET', '/v1/contacts', undefined, {
    authorization: 'Bearer wrongkey',
    cookie: 'secret=1',
    'user-agent': 'secret',
    referer: 'https://secret',
  })
  await call('PUT', '/v1/customers/tour', 'x'.repeat(300_000) + 'secret')
  await call('SECRET', '/v1/customers').catch(() => {})
  await call('TRACE', '/v1/customers/secret')
  for (let i = 0; i < 4; i++)
    await app.inject({
      url: '/v1/apps',
      remoteAddress: '192.0.2.7',
      headers: {
        authorization: 'Bearer wrongkey',
        origin: 'https://desk.example.com',
        'x-forwarded-for': '2001:db8::1',
      },
    })
  for (let i = 0; i < 14; i++) await app.inject({ url: '/nothing?secret=1', remoteAddress: '192.0.2.7' })
  await app.inject({
    method: 'OPTIONS',
    url: '/v1/apps',
    headers: { origin: 'https://desk.example.com', 'access-control-request-method': 'GET' },
  })
  await call('GET', `/v1/customers?cursor=${'secret'.repeat(2000)}`)
  for (const status of [204, 401, 404, 414, 429])
    t.ok(
      log.some(line => JSON.parse(line).status === status),
      `${status} is logged`,
    )
  t.ok(log.length >= 38)
  for (const line of log) {
    for (const word of SECRETS) t.notOk(line.includes(word), `${word} in ${line}`)
    const entry = JSON.parse(line)
    t.same(
      Object.keys(entry).filter(
        key =>
          ![
            'level',
            'time',
            'pid',
            'hostname',
            'request_id',
            'trace_id',
            'client',
            'path',
            'network',
            'credential',
            'method',
            'route',
            'status',
            'ms',
            'msg',
          ].includes(key),
      ),
      [],
    )
  }
  const registered = log.map(line => JSON.parse(line)).find(line => line.status === 201 && line.method === 'POST')
  t.match(registered, {
    client: 'test',
    route: '/v1/contracts/:contract_id/contacts',
    path: { contract_id: 'tour' },
    msg: 'request',
  })
})

t.test('nor when the database itself fails with their values in its words', async t => {
  const lines: string[] = []
  const logger = pino(
    { level: 'trace', serializers: { err: loggableError } },
    {
      write: line => {
        lines.push(line)
      },
    },
  )
  const failing = await buildApp({
    context,
    authenticate: () => ({
      name: 'test',
      credential: 'root',
      names_requester: false,
      scopes: new Set(['contacts:write' as const, 'customers:write' as const]),
    }),
    logger,
  })
  t.teardown(async () => {
    await failing.close()
  })
  await fillContract(call, 'failing', 0)
  await run("alter table contacts add constraint surprise check (family_name <> '秘山') not valid")
  const answer = await failing.inject({
    method: 'POST',
    url: '/v1/contracts/failing/contacts',
    headers: { authorization: 'Bearer x' },
    payload: secret,
  })
  t.equal(answer.statusCode, 500)
  t.match(answer.json(), { type: '/problems/internal-error', status: 500, instance: answer.headers['request-id'] })
  for (const word of ['surprise', 'contacts', 'constraint', 'select', 'node_modules'])
    t.notOk(answer.body.includes(word), word)
  const failure = lines.map(line => JSON.parse(line)).find(line => line.msg === 'request failed')
  t.match(failure, {
    request_id: answer.headers['request-id'],
    err: { type: 'DatabaseError', code: '23514', constraint: 'surprise', table: 'contacts' },
  })
  for (const line of lines) for (const word of SECRETS) t.notOk(line.includes(word), `${word} in ${line}`)
  await run('alter table contacts drop constraint surprise')
  t.match((await call('GET', '/v1/contracts/failing')).body.seats, { used: 1 }, 'nothing is half done')
})

t.test('a started service logs no more', async t => {
  const before = log.length
  await app.inject({ method: 'GET', url: '/healthz' })
  t.equal(log.length, before, 'what the platform asks every few seconds is for debugging')
  await app.inject({ method: 'GET', url: '/problems/forbidden?secret=1' })
  t.match(JSON.parse(log[before]!), { route: '/problems/:problem_type', status: 400, method: 'GET' })
})
