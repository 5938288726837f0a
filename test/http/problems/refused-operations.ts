import { headersOfBody, takesFile, takesLines, type Operation } from '../../helpers/openapi-document.ts'
import type { Answer, Call } from '../../helpers/test-service.ts'
import { UNKNOWN } from './provoked-problems.ts'

/** A request that is refused, whatever the registry holds, and the status of its problem. */
export type RefusedRequest = { what: string; status: number; answer: () => Promise<Answer> }

// A health check may send any parameters.
const PROBES = ['getHealth', 'getReadiness']

/** What the same mistakes in requests of one operation are answered with. `callWith`: as a client without scopes. */
export function* refusedRequests(operation: Operation, call: Call, unscoped: Call): Generator<RefusedRequest> {
  const { operationId, method: verb, responses, parameters } = operation
  const method = verb.toUpperCase()
  const url = urlOf(operation, unknownId)
  const body = exampleOf(operation)
  const refused = (
    what: string,
    status: number,
    headers: Record<string, string> = {},
    sent: unknown = body,
    to = url,
  ): RefusedRequest => ({
    what,
    status,
    answer: async () => await call(method, to, sent, { ...headersOfBody(operation), ...headers }),
  })
  if ('401' in responses) {
    yield refused('no key', 401, { authorization: '' })
    yield refused('an unknown key', 401, { authorization: 'Bearer unknown' })
    yield { what: 'no scope', status: 403, answer: async () => await unscoped(method, url, body) }
  }
  yield refused('no acceptable form', 406, { accept: 'image/png' })
  yield* brokenPaths(operation).map(({ what, to }) => refused(what, 400, {}, body, to))
  if (!takesFile(operation)) yield* refusedBodies(operation, call, url, body)
  if ('404' in responses) yield refused('nothing there', 404, operationId === 'putRoster' ? { 'if-match': '*' } : {})
  for (const name of ['If-Match', 'If-None-Match']) {
    if (parameters.some(parameter => parameter.name === name) && verb !== 'get')
      yield refused(`${name} that is none`, 400, { [name]: 'no tag' })
  }
  for (const query of brokenQueries(operation))
    yield { what: query, status: 400, answer: async () => await call(method, urlOf(operation, unknownId, query)) }
  yield {
    what: 'another method',
    status: 405,
    answer: async () => await call('TRACE', operation.path.replaceAll(/\{\w+\}/g, 'x')),
  }
}

function* refusedBodies(operation: Operation, call: Call, url: string, body: unknown): Generator<RefusedRequest> {
  if (operation.requestBody === undefined) return
  const headers = headersOfBody(operation)
  const refused = (what: string, status: number, sent: unknown, more = {}): RefusedRequest => ({
    what,
    status,
    answer: async () => await call(operation.method.toUpperCase(), url, sent, { ...headers, ...more }),
  })
  for (const [what, broken] of Object.entries(brokenBodies(operation, body))) yield refused(what, 400, broken)
  yield refused('another media type', 415, 'x', { 'content-type': 'text/plain' })
  if (!takesLines(operation)) yield refused('too large a body', 413, 'x'.repeat(1024 * 1024 + 1))
}

function brokenPaths(operation: Operation): { what: string; to: string }[] {
  const ids = operation.parameters.filter(parameter => parameter.in === 'path')
  const unknown = { what: 'an unknown parameter', to: urlOf(operation, unknownId, 'surprise=1') }
  return [
    ...(PROBES.includes(operation.operationId) ? [] : [unknown]),
    ...ids
      .filter(({ name }) => name !== 'problem_type')
      .map(({ name, schema }) => ({
        what: `${name} with what a reader would choke on`,
        to: urlOf(operation, other => (other === name ? '%E2%80%AE' : unknownId(other, schema))),
      })),
    ...ids.map(() => ({ what: 'a broken path', to: urlOf(operation, () => '%zz') })),
  ]
}

function brokenBodies(operation: Operation, body: any): Record<string, unknown> {
  // A line that has another form is answered in its place.
  return takesLines(operation) ? BROKEN_TEXTS : { ...BROKEN_TEXTS, ...misformed(body, operation) }
}

function misformed(body: any, { requestBody }: Operation): Record<string, unknown> {
  return {
    ...(requestBody?.required === true && { 'no body': undefined }),
    'a list': [],
    'an unknown field': { ...body, surprise: 1 },
    'wrong types': Object.fromEntries(['reason', ...Object.keys(body)].map(name => [name, { no: 'such type' }])),
  }
}

const BROKEN_TEXTS = {
  'no JSON': '{',
  'the same key twice': '{"a":1,"a":2}',
  'text that breaks off': '{"a":"\\ud800"}',
  'too deep': `${'['.repeat(40)}${']'.repeat(40)}`,
  'too many fields': `{${'"a":0,'.repeat(10_000)}"a":0}`,
  'no UTF-8': Buffer.from([0x22, 0xff, 0x22]),
}

const BROKEN_VALUES = {
  limit: ['0', '201', 'x'],
  state: ['x'],
  as_of: ['yesterday', '2026-02-30T25:00:00Z'],
}

function brokenQueries({ path, parameters }: Operation): string[] {
  const takes = (name: string): boolean =>
    parameters.some(parameter => parameter.in === 'query' && parameter.name === name)
  return [
    ...(takes('cursor') && !path.includes('{') ? ['cursor=AAAA'] : []),
    ...Object.entries(BROKEN_VALUES).flatMap(([name, values]) =>
      takes(name) ? values.map(value => `${name}=${value}`) : [],
    ),
  ]
}

function urlOf({ path, parameters }: Operation, id: (name: string, schema: any) => string, query = ''): string {
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    id(name, parameters.find(parameter => parameter.name === name)!.schema),
  )
  const needed = parameters
    .filter(parameter => parameter.in === 'query' && parameter.required === true)
    .map(({ name, example, schema }) => `${name}=${String(example ?? schema.enum?.[0])}`)
  return `${url}?${[...needed, query].filter(part => part !== '').join('&')}`
}

const unknownId = (name: string, { format }: any): string =>
  format === 'uuid' ? UNKNOWN : name === 'problem_type' ? 'nothing' : 'naught'
const exampleOf = ({ requestBody }: Operation): any =>
  Object.values(Object.values(requestBody?.content ?? {})[0]?.examples ?? {})[0]?.value
