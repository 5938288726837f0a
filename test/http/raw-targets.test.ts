import t, { type Test } from 'tap'
import type { AddressInfo } from 'node:net'
import { sendRaw, type RawAnswer } from '../helpers/raw-http.ts'
import { testService } from '../helpers/test-service.ts'

// Request targets as an attacker writes them, over a socket, against every prefix: no client library cleans them up.

const { app, log } = await testService(t, undefined, { cors_origins: ['https://support.example.com'] })
await app.listen({ host: '127.0.0.1', port: 0 })
const { port } = app.server.address() as AddressInfo

const PREFIXES = [
  '',
  '/',
  '/docs',
  '/docs/',
  '/docs/static',
  '/docs/static/',
  '/docs/static/x',
  '/docs/static/swagger-ui.css',
  '/docs/json',
  '/docs/yaml',
  '/openapi.json',
  '/openapi.yaml',
  '/healthz',
  '/problems',
  '/problems/not-found',
  '/v1',
  '/v1/customers',
  '/v1/contracts/x/contacts',
  '/v1/contacts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90',
]

const TAILS = [
  '/..',
  '/../..',
  '/x/..',
  '/../static/swagger-ui.css',
  '/../../../../package.json',
  '/%2e%2e',
  '/%2e%2e/%2e%2e/package.json',
  '/.%2e',
  '/%252e%252e',
  '/..%2f..',
  '/..%5c..',
  '/..\\..\\package.json',
  '/..;/',
  '/.',
  '/./',
  '//',
  '///',
  '//x',
  '/%2f',
  '/%2F%2F',
  '/%5c',
  '/\\',
  '/%00',
  '/x%00.js',
  '/%00/..',
  '/%0a',
  '/%0d%0aSet-Cookie:x',
  '/%ff',
  '/%c0%ae%c0%ae',
  '/%ed%a0%80',
  '/%',
  '/%2',
  '/%zz',
  '/%u002e',
  '/.git/config',
  '/nope.js',
  '/~',
  '/*',
  '/:id',
  '/;x=1',
  '/?',
  '/?%00',
  '/?limit=%ff',
  '/?=&&=',
  '/?__proto__=1',
  '/#x',
  `/${'a'.repeat(300)}`,
  `/${'a'.repeat(7000)}`,
  `/${'%2e%2e%2f'.repeat(700)}`,
  `/${'../'.repeat(2000)}`,
  '/'.repeat(5000),
]

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE', 'TRACE']

const WHOLE_TARGETS = [
  '*',
  'http://madoguchi/docs/static/x/..',
  'http://madoguchi//docs',
  'http://madoguchi',
  'http://',
  'https://madoguchi:99999/docs',
  'http://[::1/docs',
  'ftp://madoguchi/v1',
  'docs',
  '%2f',
  'madoguchi:443',
]

function request(method: string, target: string, more = ''): string {
  return `${method} ${target} HTTP/1.1\r\nHost: madoguchi\r\nConnection: close\r\n${more}\r\n`
}

/** What is wrong with an answer: nothing fails inside the service, and an error is a problem document. */
function fault({ status, headers, body }: RawAnswer, method: string): string | undefined {
  if (!(status >= 200 && status < 500)) return `status ${status}`
  if (status < 400) return undefined
  if (headers['content-type'] !== 'application/problem+json') return `media type ${headers['content-type']}`
  if (method !== 'HEAD' && body?.status !== status) return 'not the status of its problem'
  if (status === 405 && headers['allow']?.split(', ').includes(method)) return 'refuses a method that it allows'
  return undefined
}

async function assertAnswered(t: Test, method: string, target: string, more = ''): Promise<void> {
  const found = fault(await sendRaw(port, request(method, target, more)), method)
  if (found !== undefined) t.fail(`${method} ${target.slice(0, 80)}: ${found}`)
}

for (const prefix of PREFIXES) {
  t.test(`no path below "${prefix}" fails inside the service`, async t => {
    for (const tail of TAILS) {
      await Promise.all(METHODS.map(async method => await assertAnswered(t, method, `${prefix}${tail}`)))
    }
  })
}

t.test('no whole target and no header that plugins read fails inside the service', async t => {
  for (const target of WHOLE_TARGETS)
    for (const method of [...METHODS, 'CONNECT']) await assertAnswered(t, method, target)
  for (const more of [
    'Accept: \x00\r\n',
    'Accept: ,;q=,/\r\n',
    `Accept: ${'a/b,'.repeat(3000)}\r\n`,
    'Accept: application/json;q=NaN\r\n',
    'Accept-Encoding: ;;;\r\n',
    'Accept-Language: %00, *;q=-1\r\n',
    'Range: bytes=99999999999999999999-\r\n',
    'Range: bytes=5-1\r\n',
    'If-Modified-Since: never\r\n',
    'If-Match: nonsense\r\n',
    'If-None-Match: nonsense\r\n',
    'If-Range: nonsense\r\n',
    'If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT\r\n',
    'Origin: https://support.example.com\r\nAccess-Control-Request-Method: \x7f\r\n',
    'Origin: https://support.example.com\r\nAccess-Control-Request-Headers: ,,,\r\n',
    'Content-Type: ;;\r\nContent-Length: 1\r\n',
    'Authorization: Bearer\r\n',
    'X-Forwarded-For: %00,,\r\n',
    'Host: [\r\n',
  ])
    for (const path of [
      '/docs/static/swagger-ui.css',
      '/docs/static/nope.js',
      '/docs/json',
      '/openapi.json',
      '/v1/customers',
    ])
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await assertAnswered(t, method, path, more)
})

t.test('below the files of the docs page, what is no file is not found, and what is no path is malformed', async t => {
  for (const target of [
    '/docs/static/nope.js',
    '/docs/static/%00',
    '/docs/static/x/..',
    '/docs/static/%2e%2e',
    '/docs/static//',
  ])
    t.match(await sendRaw(port, request('GET', target)), { status: 404, body: { type: '/problems/not-found' } }, target)
  for (const target of ['/docs/static/%ff', '/docs/static/%'])
    t.match(
      await sendRaw(port, request('GET', target)),
      { status: 400, body: { type: '/problems/invalid-request' } },
      target,
    )
  const refused = await sendRaw(port, request('POST', '/docs/static/nope.js'))
  t.match(refused, { status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } })
})

t.test('what was answered left no failure in the log', async t => {
  t.same(
    log.filter(line => line.includes('request failed')),
    [],
  )
})
