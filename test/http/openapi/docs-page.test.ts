import { createContext, runInContext } from 'node:vm'
import pino from 'pino'
import t, { type Test } from 'tap'
import { operationsOf } from '../../helpers/openapi-document.ts'
import { fullPace } from '../../helpers/full-pace.ts'
import { openPool } from '../../helpers/test-database.ts'
import { buildApp } from '#app.ts'
import { systemClock } from '#clock.ts'
import { DOCS_MODES, type DocsMode } from '#config/docs-mode.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import type { TypedApp } from '#http/route-config.ts'

// What the page runs is taken from what is served, and run here with a stand-in for Swagger UI that only takes the
// configuration.

async function appOf(t: Test, docs: DocsMode): Promise<TypedApp> {
  const context = {
    database: openPool(t, 'postgres://127.0.0.1:1/nobody'),
    clock: systemClock('Asia/Tokyo'),
    newId: () => '',
    enqueue: async () => {},
    retention: RETENTION_DEFAULTS,
    pace: fullPace(),
  }
  const app = await buildApp({ context, authenticate: () => undefined, logger: pino({ level: 'silent' }), docs })
  t.teardown(async () => await app.close())
  return app
}

async function served(app: TypedApp): Promise<{ text: string; config: any }> {
  const text = (await app.inject('/docs/static/swagger-initializer.js')).body
  let config: any
  const window = { location: { href: 'http://127.0.0.1/docs' }, onload: () => {} }
  const SwaggerUIBundle = Object.assign(
    (given: unknown) => {
      config = given
      return { initOAuth: () => {} }
    },
    { presets: {}, plugins: { DownloadUrl: 'download' } },
  )
  const document = { createElement: () => ({}) }
  runInContext(text, createContext({ window, document, SwaggerUIBundle, SwaggerUIStandalonePreset: {} }))
  window.onload()
  return { text, config }
}

/** What a page system is given by all plugins of the configuration together. */
function pluginsOf({ plugins }: any, is_open = false): any {
  const React = {
    createElement: (component: unknown, props: object, ...children: unknown[]) => ({ component, props, children }),
    useState: () => [is_open, () => {}],
  }
  const parts = plugins.map((plugin: any) => plugin({ React }))
  return {
    parts,
    wrapComponents: Object.assign({}, ...parts.map((part: any) => part.wrapComponents)),
    updateJsonSpec: parts.find((part: any) => part.statePlugins !== undefined)?.statePlugins.spec.wrapActions
      .updateJsonSpec,
  }
}

t.test('the page changes no request and keeps nothing: what is sent is what is shown', async t => {
  const { text, config } = await served(await appOf(t, 'try'))
  t.notMatch(text, /localStorage|sessionStorage/)
  for (const name of ['requestInterceptor', 'responseInterceptor', 'onComplete', 'preauthorizeApiKey'])
    t.notOk(name in config, name)
  t.equal(config.persistAuthorization, false)
  t.equal(config.tryItOutEnabled, true)
  t.equal(pluginsOf(config).parts[0], 'download', 'the plugin that loads the document is kept')
})

const ACTS = /\/(?:apply|approve|cancel|confirm|redeliver|reject|revoke|withdraw)$/

t.test('nothing is filled in where an operation removes a thing or decides about it', async t => {
  const app = await appOf(t, 'try')
  const { updateJsonSpec } = pluginsOf((await served(app)).config)
  const published = JSON.parse((await app.inject('/docs/json')).body)
  const page = updateJsonSpec((document: unknown) => document)(published)
  const operations = operationsOf(page)
  const empty = operations.filter(operation => operation['x-no-prefill'] === true)
  for (const { method, path, operationId } of operations) {
    const acts = method === 'delete' || ACTS.test(path)
    if (acts)
      t.ok(
        empty.some(operation => operation.operationId === operationId),
        `${operationId} is marked`,
      )
    if (method === 'get')
      t.notOk(
        empty.some(operation => operation.operationId === operationId),
        `${operationId} is not`,
      )
  }
  t.ok(
    empty.some(({ operationId }) => operationId === 'addApiKey'),
    'another key ends those that are there',
  )
  for (const { operationId, parameters, requestBody } of empty) {
    for (const { name, schema, ...parameter } of parameters) {
      const { example, default: standard } = schema
      t.same(
        [parameter.example, parameter.examples, example, standard],
        Array(4).fill(undefined),
        `${operationId} ${name}`,
      )
    }
    for (const body of Object.values(requestBody?.content ?? {}))
      t.match(body, { example: {}, examples: undefined }, operationId)
  }
  t.same(published, JSON.parse((await app.inject('/openapi.json')).body), 'the document keeps its examples')
  const kept = operations.find(({ operationId }) => operationId === 'getContact')
  t.same(
    kept,
    operationsOf(published).find(({ operationId }) => operationId === 'getContact'),
  )
  const roster = operations.find(({ operationId }) => operationId === 'putRoster')
  const condition = roster?.parameters.find(({ name }) => name === 'If-Match')
  t.equal(condition!.example, undefined, 'no example can be the tag of a roster')
})

t.test('the key is shown nowhere', async t => {
  const { wrapComponents } = pluginsOf((await served(await appOf(t, 'try'))).config)
  const input = wrapComponents.Input('input')
  t.match(input({ id: 'auth-bearer-value', type: 'text' }), { component: 'input', props: { type: 'password' } })
  t.same(input({ id: 'other', type: 'text' }).props, { id: 'other', type: 'text' })
  const headers = new Map([
    ['Authorization', 'Bearer mdg_secret'],
    ['accept', '*/*'],
  ])
  // As an immutable.js map does it.
  const request = {
    update: (_name: string, change: (headers: unknown) => unknown) =>
      change({ mapEntries: (each: (entry: unknown) => unknown) => [...headers].map(each) }),
  }
  t.same(wrapComponents.curl('curl')({ request }).props.request, [
    ['Authorization', 'Bearer YOUR_KEY'],
    ['accept', '*/*'],
  ])
})

t.test('a page to read sends nothing and asks for no key', async t => {
  const { config } = await served(await appOf(t, 'read'))
  t.same([...config.supportedSubmitMethods], [])
  t.notOk('tryItOutEnabled' in config)
  const { wrapComponents } = pluginsOf(config)
  for (const button of ['authorizeBtn', 'authorizeOperationBtn']) t.equal(wrapComponents[button]('button')({}), null)
})

t.test('without a page, all paths below /docs are not found', async t => {
  const app = await appOf(t, 'off')
  for (const path of ['/docs', '/docs/', '/docs/json', '/docs/static/swagger-initializer.js', '/docs/static/x/..'])
    t.match((await app.inject(path)).json(), { type: '/problems/not-found', status: 404 }, path)
})

t.test('the document is the same in every mode', async t => {
  const texts = await Promise.all(
    DOCS_MODES.map(async mode => (await (await appOf(t, mode)).inject('/openapi.json')).body),
  )
  t.equal(new Set(texts).size, 1)
})

t.test('an operation shows its refusals in a line each, which opens, and its headers when asked for', async t => {
  const { config } = await served(await appOf(t, 'read'))
  t.match(config, { displayOperationId: true, filter: true, deepLinking: true, defaultModelsExpandDepth: -1 })
  const response = new Map([['description', '`not-found`: Not found.']])
  const { wrapComponents } = pluginsOf(config)
  const folded = wrapComponents.response('response')({ code: '404', response })
  t.equal(folded.component, 'tr')
  t.match(JSON.stringify(folded), /▸ not-found: Not found\./)
  for (const shown of [
    wrapComponents.response('response')({ code: '200', response }),
    pluginsOf(config, true).wrapComponents.response('response')({ code: '404', response }),
  ])
    t.match(shown, { component: 'response', props: { response } })
  t.match(wrapComponents.headers('headers')({ headers: {} }), { component: 'details' })
})

t.test('the page fits a phone, with a style sheet and a script of its own alone', async t => {
  const app = await appOf(t, 'try')
  const { body, headers } = await app.inject('/docs')
  for (const file of ['madoguchi.css', 'viewport.js']) {
    t.match(body, `/docs/static/theme/${file}`)
    t.equal((await app.inject(`/docs/static/theme/${file}`)).statusCode, 200, file)
  }
  t.match(String(headers['content-security-policy']), /script-src 'self'|default-src 'self'/)
  t.match((await app.inject('/docs/static/theme/viewport.js')).body, /name: 'viewport'/)
})
