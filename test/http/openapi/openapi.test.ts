import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t from 'tap'
import { headersOfBody, operationsOf, type Operation } from '../../helpers/openapi-document.ts'
import { testService } from '../../helpers/test-service.ts'
import { committedDocument } from '#http/openapi/document.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import { PROBLEM_TYPE_NAMES } from '#http/problems/problem-types.ts'

// The reader that belongs to the writer of the YAML.
const { parse } = createRequire(import.meta.resolve('@fastify/swagger'))('yaml') as { parse: (text: string) => unknown }

const { app, call } = await testService(t)
const committed = await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8')
const document = JSON.parse(committed)
const operations = operationsOf(document)

t.test(
  'the committed document is what the code generates, and what the service serves without white space',
  async t => {
    t.ok(committedDocument(app) === committed, 'run `npm run openapi:write` and commit what it writes')
    const served = await app.inject('/openapi.json')
    t.equal(served.body, JSON.stringify(JSON.parse(committed)))
    t.match(served, {
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8', etag: /^"[\w-]{22}"$/ },
    })
  },
)

t.test('the document is compressed for clients that take that, each encoding under a tag of its own', async t => {
  const tags = new Set<unknown>()
  for (const [accept_encoding, encoding, decode] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (body: Buffer) => body],
    ['zstd', undefined, (body: Buffer) => body],
  ] as const) {
    for (const url of ['/openapi.json', '/openapi.yaml']) {
      const plain = await app.inject(url)
      const answered = await app.inject({ url, headers: { 'accept-encoding': accept_encoding } })
      t.equal(answered.headers['content-encoding'], encoding, accept_encoding)
      t.equal(decode(answered.rawPayload).toString(), plain.body, `${url} ${accept_encoding}`)
      t.match(answered.headers.vary, /accept-encoding/)
      tags.add(answered.headers.etag)
      const fresh = { 'accept-encoding': accept_encoding, 'if-none-match': String(answered.headers.etag) }
      t.equal((await app.inject({ url, headers: fresh })).statusCode, 304, `${url} ${accept_encoding}`)
    }
  }
  t.equal(tags.size, 6, 'three encodings of two documents')
})

t.test('the document is served again only when it changed', async t => {
  for (const url of ['/openapi.json', '/openapi.yaml']) {
    const { headers } = await app.inject(url)
    const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } })
    t.match(again, { statusCode: 304, body: '', headers: { etag: headers.etag } }, url)
    t.equal((await app.inject({ url, headers: { 'if-none-match': '"another"' } })).statusCode, 200, url)
  }
})

t.test('the introduction is short, and leads to the page of conventions, whose links lead on', async t => {
  t.ok(document.info.description.length < 800, String(document.info.description.length))
  t.match(document.info.description, '](/conventions)')
  const page = await app.inject('/conventions')
  t.match(page, {
    statusCode: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': /^default-src 'none';style-src 'sha256-/,
      etag: /^"/,
    },
  })
  const style = /<style>(.*)<\/style>/.exec(page.body)![1]!
  t.match(page.headers['content-security-policy'], hash('sha256', style, 'base64'), 'the page may use its style')
  const links = [...page.body.matchAll(/href="(\/[^"]*)"/g)].map(([, link]) => link!)
  t.ok(links.length > 20)
  for (const link of links) t.equal((await app.inject(link)).statusCode, 200, link)
  t.notMatch(page.body, /\{\{|<script/)
})

t.test('the document in YAML is the same document', async t => {
  const served = await app.inject('/openapi.yaml')
  t.match(served.headers['content-type'], 'application/yaml')
  t.same(parse(served.body), document)
})

t.test('every route of the service is documented, and every documented operation is a route', async t => {
  for (const { path, method } of operations) {
    const url = path.replaceAll(/\{(\w+)\}/g, ':$1')
    t.ok(app.hasRoute({ method: method.toUpperCase(), url }), `${method} ${url}`)
  }
  const paths = new Set(operations.map(({ path }) => path))
  const routes = app.printRoutes({ commonPrefix: false }).match(/\bv1\/[^\s(]*/g) ?? []
  t.ok(routes.length > 0)
  for (const url of routes) t.ok(paths.has(`/${url.replaceAll(/:(\w+)/g, '{$1}')}`), url)
})

t.test('every /v1 operation declares the scope without which it answers 403', async t => {
  for (const { operationId, security, scope, responses, description } of operations.filter(({ path }) =>
    path.startsWith('/v1/'),
  )) {
    t.ok(ALL_SCOPES.includes(scope!), `${operationId} needs a scope`)
    t.same(security, [{ api_key: [scope] }, { access_token: [scope] }], `${operationId} needs a key`)
    t.ok(description.includes(`\`${scope}\``), `${operationId} says its scope`)
    t.ok('401' in responses && '403' in responses, `${operationId} documents 401 and 403`)
  }
})

t.test('every problem that is documented anywhere is explained under its type', async t => {
  const documented = new Set(
    operations.flatMap(({ responses }) =>
      Object.values(responses).flatMap(({ content }) =>
        Object.values(content?.['application/problem+json']?.examples ?? {}).map(
          ({ value }) => (value as { type: string }).type,
        ),
      ),
    ),
  )
  t.ok(documented.size > 20)
  const conventions = await app.inject('/conventions')
  for (const type of documented) {
    t.match(await call('GET', type), { status: 200, body: { type, meaning: /\w/, remedy: /\w/ } }, type)
    t.match(conventions.body, `href="${type}"`, `${type} is in the conventions`)
  }
  const elsewhere = PROBLEM_TYPE_NAMES.filter(name => !documented.has(`/problems/${name}`))
  t.same(elsewhere, ['method-not-allowed'], "only the answer to what is no operation is no operation's")
})

/** Whatever sends health checks may add parameters of its own. */
const isNoProbe = ({ responses }: Operation): boolean => '429' in responses

t.test('no operation passes over a query parameter that the document does not know', async t => {
  for (const operation of operations.filter(isNoProbe)) {
    const { path, method, parameters, requestBody } = operation
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
      String(parameters.find(parameter => parameter.name === name)?.example),
    )
    const body = Object.values(requestBody?.content ?? {}).flatMap(({ examples }) => Object.values(examples ?? {}))[0]
      ?.value
    const needed = parameters
      .filter(parameter => parameter.in === 'query' && parameter.required === true)
      .map(({ name, example }) => `${name}=${String(example)}&`)
      .join('')
    const refused = await call(method.toUpperCase(), `${url}?${needed}limt=10`, body, headersOfBody(operation))
    t.match(
      refused,
      {
        status: 400,
        body: {
          type: '/problems/invalid-request',
          errors: [{ in: 'query', pointer: '#/limt', code: 'unknown-field' }],
        },
      },
      `${method} ${path}`,
    )
  }
})

t.test('the explanation of a problem is sent again only when it changed', async t => {
  const { headers } = await call('GET', '/problems/email-taken')
  t.match(await call('GET', '/problems/email-taken', undefined, { 'if-none-match': headers['etag']! }), {
    status: 304,
    text: '',
  })
})
