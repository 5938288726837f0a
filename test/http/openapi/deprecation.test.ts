import fastify from 'fastify'
import t from 'tap'
import { operation } from '#http/openapi/operation.ts'
import { announceDeprecation } from '#http/response/deprecation.ts'

const DEPRECATED = { since: '2026-01-01', sunset: '2026-12-31' }

t.test('a deprecated operation is marked in the document, with the header fields of its answers', async t => {
  const text = {
    operationId: 'getOld',
    summary: 'An old operation',
    description: 'It is replaced.',
    tag: 'Service',
    scope: null,
    request: {},
    answers: { 200: { description: 'Done.' } },
    problems: [],
  } as const
  t.match(operation({ ...text, deprecated: DEPRECATED }).schema, {
    deprecated: true,
    response: { 200: { headers: { Deprecation: Object, Sunset: Object, Link: Object } } },
  })
  t.notOk('deprecated' in operation(text).schema)
})

t.test('every answer of it says since when, until when, and where it is explained', async t => {
  const app = fastify()
  app.get('/old', { onSend: announceDeprecation(DEPRECATED) }, async (_request, reply) => {
    void reply.header('link', '</old?cursor=x>; rel="next"')
    return {}
  })
  app.get('/failing', { onSend: announceDeprecation(DEPRECATED) }, async () => {
    throw new Error('failed')
  })
  t.match((await app.inject('/old')).headers, {
    deprecation: '@1767225600',
    sunset: 'Thu, 31 Dec 2026 00:00:00 GMT',
    link: '</old?cursor=x>; rel="next", </conventions>; rel="deprecation"; type="text/html"',
  })
  t.match((await app.inject('/failing')).headers, {
    deprecation: '@1767225600',
    link: '</conventions>; rel="deprecation"; type="text/html"',
  })
})

t.test('a sunset comes after the deprecation', async t => {
  t.throws(() => announceDeprecation({ since: '2026-12-31', sunset: '2026-01-01' }), /comes before/)
})
