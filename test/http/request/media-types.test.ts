import t from 'tap'
import { fillContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { app, call, database } = await testService(t)
const [contact] = await fillContract(call, 'media', 1)
const CUSTOMER = '/v1/customers/media'
const refusal = {
  status: 415,
  headers: { 'content-type': 'application/problem+json' },
  body: { type: '/problems/unsupported-media-type' },
}

t.test('bodies are JSON in UTF-8, in each spelling of the media type', async t => {
  for (const type of [
    'application/json',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'application/json; charset="utf-8"',
    'Application/JSON',
    'application/json; charset=utf8',
    'application/json ; version=1',
  ]) {
    t.ok((await call('PUT', CUSTOMER, { name: 'x' }, { 'content-type': type })).status < 300, type)
  }
})

t.test('another media type, charset or coding is refused', async t => {
  const before = await rowCounts(database)
  for (const type of [
    'text/plain',
    'text/json',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'application/vnd.api+json',
    'application/json5',
    'application/jsonp',
    'application/json; charset=shift_jis',
    'application/json; charset=utf-16',
    'application/json; charset=latin1',
    'json',
    ';',
    '*/*',
    'application/json, application/json',
  ]) {
    t.match(await call('PUT', CUSTOMER, '{"name":"y"}', { 'content-type': type }), refusal, type)
  }
  for (const coding of ['gzip', 'br', 'deflate', 'gzip, identity', 'x'])
    t.match(await call('PUT', CUSTOMER, '{"name":"y"}', { 'content-encoding': coding }), refusal, coding)
  t.equal((await call('PUT', CUSTOMER, '{"name":"x"}', { 'content-encoding': 'identity' })).status, 200)
  const untyped = await app.inject({
    method: 'PUT',
    url: CUSTOMER,
    headers: { authorization: 'Bearer test-key' },
    payload: Buffer.from('{"name":"y"}'),
  })
  t.equal(untyped.statusCode, 415, 'a body without a type')
  t.same(await rowCounts(database), before)
})

t.test('a request without a body says that one is missing', async t => {
  for (const [method, url] of [
    ['PUT', CUSTOMER],
    ['POST', '/v1/seat-calculations'],
    ['POST', '/v1/contracts/media/contacts'],
    ['PUT', '/v1/contracts/media/primary'],
    ['PATCH', `/v1/contacts/${contact.contact_id}`],
  ] as const) {
    const refused = await call(method, url)
    t.ok(
      refused.status === 400 &&
        refused.body.errors.some(
          (error: any) => error.in === 'body' && error.pointer === '#' && error.code === 'wrong-type',
        ),
      `${method} ${url}`,
    )
  }
})

t.test('merge patches are for PATCH only', async t => {
  for (const url of [`/v1/contacts/${contact.contact_id}`, `/v1/support-accounts/${contact.account_id}`]) {
    for (const type of [
      'application/merge-patch+json',
      'application/merge-patch+json; charset=utf-8',
      'application/json',
    ])
      t.equal((await call('PATCH', url, {}, { 'content-type': type })).status, 200, `${url} ${type}`)
    for (const type of ['application/json-patch+json', 'text/plain'])
      t.match(await call('PATCH', url, '[]', { 'content-type': type }), refusal, type)
  }
  for (const [method, url] of [
    ['POST', '/v1/seat-calculations'],
    ['POST', '/v1/contracts/media/contacts'],
    ['PUT', '/v1/contracts/media'],
    ['PUT', '/v1/contracts/media/primary'],
    ['PUT', '/v1/apps/x'],
    ['PUT', '/v1/products/x'],
  ] as const) {
    t.match(
      await call(method, url, {}, { 'content-type': 'application/merge-patch+json' }),
      refusal,
      `${method} ${url}`,
    )
  }
})

t.test('a merge patch keeps what is absent, replaces what is there, and null removes', async t => {
  const url = `/v1/contacts/${contact.contact_id}`
  const before = (await call('PATCH', url, { duties: ['system', 'contract'], given_name: '太郎' })).body
  t.same((await call('PATCH', url, { given_name: null })).body, {
    ...before,
    given_name: null,
    name: before.family_name,
  })
  t.same((await call('PATCH', url, { given_name: '太郎', duties: ['operations'] })).body, {
    ...before,
    duties: ['operations'],
  })
})

t.test('DELETE takes no body but an empty one, and minds no Content-Type without one', async t => {
  const url = `/v1/contacts/${contact.contact_id}`
  for (const [body, type] of [
    ['{"a":1}', 'application/json'],
    ['[]', 'application/json'],
    ['null', 'application/json'],
    ['{}'.padEnd(200), 'application/json'],
    ['x', 'text/plain'],
    ['x'.repeat(300_000), 'application/json'],
    ['x', ';'],
  ] as const) {
    t.match(
      await call('DELETE', url, body, { 'content-type': type }),
      { status: 400, body: { errors: [{ in: 'body', pointer: '#', code: 'unexpected-body' }] } },
      type,
    )
  }
  for (const type of ['application/json', 'text/plain', ';']) {
    t.equal((await call('DELETE', url, undefined, { 'content-type': type })).status, 409, type)
    for (const body of ['{}', '', ' { }\n'])
      t.equal((await call('DELETE', url, body, { 'content-type': type })).status, 409, `${type} ${body}`)
  }
})

t.test('what cannot be accepted is refused, before anything is done', async t => {
  const before = await rowCounts(database)
  for (const accept of [
    'text/html',
    'application/xml',
    'image/*',
    'application/json;q=0',
    'application/vnd.api+json',
    'text/*',
  ]) {
    t.match(
      await call('GET', '/v1/products', undefined, { accept }),
      {
        status: 406,
        headers: { 'content-type': 'application/problem+json' },
        body: { type: '/problems/not-acceptable' },
      },
      accept,
    )
    t.equal((await call('PUT', '/v1/customers/never', { name: 'x' }, { accept })).status, 406, accept)
  }
  t.same(await rowCounts(database), before)
  for (const accept of [
    '*/*',
    'application/json',
    'application/*',
    'text/html, application/json;q=0.5',
    'application/json; charset=utf-8',
    'application/problem+json, application/json',
    '',
  ]) {
    t.equal((await call('GET', '/v1/customers', undefined, { accept })).status, 200, accept)
  }
  t.equal((await call('GET', '/openapi.yaml', undefined, { accept: 'application/json' })).status, 406)
  t.equal((await call('GET', '/openapi.yaml', undefined, { accept: 'application/yaml' })).status, 200)
})
