import t from 'tap'
import { putCustomer } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { app, call } = await testService(t)
await putCustomer(call, 'customer-1')

type Paths = Record<string, Record<string, unknown>>
const { paths } = app.swagger() as unknown as { paths: Paths }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'LINK']

for (const [path, documented] of Object.entries(paths)) {
  t.test(`methods of ${path}`, async t => {
    const url = path.replace('{problem_type}', 'not-found').replace(/\{\w+\}/, 'x')
    const known = Object.keys(documented).map(method => method.toUpperCase())
    const allow = [...known, ...(known.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].toSorted()
    t.match(await call('OPTIONS', url), {
      status: 204,
      text: '',
      headers: { allow: allow.join(', '), 'request-id': String },
    })
    for (const method of METHODS.filter(method => !allow.includes(method))) {
      for (const body of [undefined, 'not json']) {
        const refused = await call(method, url, body)
        t.match(
          refused,
          { status: 405, headers: { allow: allow.join(', '), 'content-type': 'application/problem+json' } },
          `${method} ${body}`,
        )
        if (method === 'HEAD') t.equal(refused.text, '')
        else
          t.match(refused.body, {
            type: '/problems/method-not-allowed',
            allow,
            instance: refused.headers['request-id']!,
          })
      }
    }
  })
}

t.test('an unknown path is not found, whatever method, body and form it comes with', async t => {
  for (const path of [
    '/v2',
    '/v1',
    '/v1/',
    '/v1/unknown',
    '/v1/customers/x/y',
    '/v1/Customers/x',
    '//v1/customers',
    '/v1//customers',
    '/V1/customers',
    '/v1/customers/customer-1/',
    '/favicon.ico',
    '/docs/unknown',
    '/problems',
    '/openapi.json/x',
    '/index.php?id=1',
  ]) {
    for (const [method, body] of [
      ['GET'],
      ['POST', 'not json'],
      ['PUT', {}],
      ['DELETE'],
      ['PATCH', 'x'.repeat(300_000)],
    ] as const) {
      const answer = await call(method, path, body)
      t.match(
        answer,
        {
          status: 404,
          headers: { 'content-type': 'application/problem+json', 'request-id': String },
          body: { type: '/problems/not-found', instance: answer.headers['request-id']! },
        },
        `${method} ${path}`,
      )
    }
  }
  t.equal((await call('OPTIONS', '/unknown')).status, 404)
  t.match(await call('HEAD', '/v1/unknown'), { status: 404, text: '' })
})

t.test('HEAD answers as GET does, without a body', async t => {
  for (const url of [
    '/v1/customers',
    '/v1/customers/customer-1',
    '/v1/customers/nobody',
    '/v1/customers?limit=x',
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/problems/not-found',
  ]) {
    const [head, get] = [await call('HEAD', url), await call('GET', url)]
    t.match(head, { status: get.status, text: '' }, url)
    for (const name of ['content-type', 'content-length', 'etag', 'cache-control', 'vary'])
      t.equal(head.headers[name], get.headers[name], `${url} ${name}`)
  }
})

t.test('what is not in the registry is not found by name of its kind', async t => {
  const unknown = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'
  for (const [url, kind] of [
    ['/v1/products/x', 'product'],
    ['/v1/apps/x', 'app'],
    ['/v1/customers/x', 'customer'],
    ['/v1/contracts/x', 'contract'],
    ['/v1/contracts/x/contacts', 'contract'],
    [`/v1/contacts/${unknown}`, 'contact'],
    [`/v1/support-accounts/${unknown}`, 'support account'],
  ] as const) {
    t.match(await call('GET', url), {
      status: 404,
      body: { type: '/problems/not-found', detail: `There is no ${kind} with this id.` },
    })
  }
})
