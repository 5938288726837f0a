// Starts Prism as a mock of the published document, and sends every example of every operation as it is written there:
// each has to be taken, and each documented answer has to come back as the document shows it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isDeepStrictEqual } from 'node:util'

const METHODS = ['get', 'put', 'post', 'patch', 'delete']

const document = JSON.parse(readFileSync(new URL('../openapi/openapi.json', import.meta.url), 'utf8'))
const { origin, close } = await startPrism()
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.filter(method => method in item).map(method => ({ path, method, ...item[method] })),
)
const faults = []
let exchanged = 0
for (const operation of operations) {
  const [body, ...others] = bodiesOf(operation)
  const answers = answersOf(operation)
  const success = answers.find(({ code }) => code.startsWith('2'))
  for (const answer of answers) faults.push(...(await faultsOf(operation, body, answer)))
  for (const other of others) faults.push(...(await faultsOf(operation, other, success)))
}
await close()
for (const fault of faults) console.error(fault)
console.log(
  `${operations.length} operations, ${exchanged} examples exchanged with Prism, ${faults.length} not as documented`,
)
process.exit(faults.length === 0 ? 0 : 1)

async function startPrism() {
  const require = createRequire(import.meta.url)
  const { createLogger } = require('@stoplight/prism-core')
  const { getHttpOperationsFromSpec } = require('@stoplight/prism-http')
  const { createServer } = require('@stoplight/prism-http-server')
  const server = createServer(await getHttpOperationsFromSpec(structuredClone(document)), {
    cors: false,
    components: { logger: createLogger('mock', { level: 'silent' }) },
    config: {
      isProxy: false,
      mock: { dynamic: false, ignoreExamples: false },
      validateRequest: true,
      validateResponse: true,
      checkSecurity: true,
      errors: false,
      upstreamProxy: undefined,
    },
  })
  return { origin: await server.listen(0, '127.0.0.1'), close: async () => await server.close() }
}

/** The examples of the request's body; where it has no body, one request without. */
function bodiesOf({ requestBody }) {
  if (requestBody === undefined) return [{}]
  return Object.entries(resolved(requestBody).content).flatMap(([type, { examples }]) =>
    Object.entries(examples ?? {}).map(([name, example]) => ({ type, name, value: resolved(example).value })),
  )
}

/** What is asked for: of each status and media type every example, or the answer without a body. */
function answersOf({ responses }) {
  return Object.entries(responses)
    .map(([code, response]) => [code, resolved(response)])
    .filter(([code]) => code !== 'default')
    .flatMap(([code, { content = {} }]) =>
      Object.keys(content).length === 0
        ? [{ code }]
        : Object.entries(content).flatMap(([type, { examples }]) =>
            Object.entries(examples ?? {}).map(([name, example]) => ({
              code,
              type,
              name,
              value: resolved(example).value,
            })),
          ),
    )
}

async function faultsOf(operation, body, answer) {
  exchanged += 1
  const { code, name, value, type } = answer
  const place = `${operation.operationId} ${body.name ?? ''} → ${code} ${type ?? ''} ${name ?? ''}`
  const { url, headers } = parametersOf(operation)
  const response = await fetch(url, {
    method: operation.method.toUpperCase(),
    headers: {
      ...headers,
      authorization: 'Bearer an-example',
      prefer: name === undefined ? `code=${code}` : `code=${code}, example=${name}`,
      ...(type !== undefined && { accept: type }),
      ...(body.type !== undefined && { 'content-type': body.type }),
    },
    ...(body.type !== undefined && { body: JSON.stringify(body.value) }),
  })
  const text = await response.text()
  const violations = response.headers.get('sl-violations')
  if (violations !== null) return [`${place}: ${violations}`]
  if (String(response.status) !== code) return [`${place}: ${response.status} ${text.slice(0, 500)}`]
  if (value === undefined || isDeepStrictEqual(typeof value === 'string' ? text : JSON.parse(text), value)) return []
  return [`${place}: ${text.slice(0, 300)} is not the example`]
}

/** Every parameter with its example; a required one that has none is left out, which Prism refuses. */
function parametersOf({ path, parameters = [] }) {
  const known = parameters.map(resolved).map(parameter => ({ ...parameter, value: exampleOf(parameter) }))
  const of = place => known.filter(parameter => parameter.in === place && parameter.value !== undefined)
  const filled = of('path').reduce((url, { name, value }) => url.replace(`{${name}}`, encodeURIComponent(value)), path)
  const query = new URLSearchParams(of('query').map(({ name, value }) => [name, String(value)]))
  return {
    url: `${origin}${filled}${query.size === 0 ? '' : `?${query}`}`,
    headers: Object.fromEntries(of('header').map(({ name, value }) => [name, String(value)])),
  }
}

function exampleOf({ example, examples, schema }) {
  const [named] = Object.values(examples ?? {}).map(resolved)
  return example ?? named?.value ?? schema?.examples?.[0]
}

function resolved(thing) {
  if (thing?.$ref === undefined) return thing
  return thing.$ref
    .slice(2)
    .split('/')
    .reduce((place, key) => place[key.replaceAll('~1', '/').replaceAll('~0', '~')], document)
}
