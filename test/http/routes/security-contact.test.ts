import Fastify from 'fastify'
import t from 'tap'
import { testService } from '../../helpers/test-service.ts'
import { securityContactRoute } from '#http/routes/security-contact.ts'

const PATH = '/.well-known/security.txt'

t.test('the address to tell of a weakness is published, for half a year from now (RFC 9116)', async t => {
  const { clock } = await testService(t)
  clock.set('2026-11-26T01:00:00.000Z')
  const app = Fastify()
  securityContactRoute(app, { clock }, 'mailto:security@aozora.example.co.jp')
  const answer = await app.inject(PATH)
  t.match(answer, { statusCode: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  t.equal(
    answer.body,
    'Contact: mailto:security@aozora.example.co.jp\nExpires: 2027-05-25T00:00:00Z\nPreferred-Languages: en, ja\n',
  )
})

t.test('without an address there is no such path', async t => {
  const { call } = await testService(t)
  t.match(await call('GET', PATH), { status: 404, body: { type: '/problems/not-found' } })
})
