import t from 'tap'
import { identityProvider, signingKey, tokenOf } from '../../helpers/identity-provider.ts'
import { steppedTime } from '../../helpers/stepped-time.ts'
import { testService } from '../../helpers/test-service.ts'
import { until } from '../../helpers/until.ts'
import { tokenService } from './token-service.ts'

const { clock, context } = await testService(t)
const NOW = clock.now()
const es = await signingKey('es-1')

t.test(
  'keys come and go with the provider: a new one is found at its first token, a withdrawn one goes at the next look',
  async t => {
    const rotating = await identityProvider(t)
    rotating.publish(es)
    const time = steppedTime(t)
    const options = { cooldown: 0, pause: 0, fresh_for: 1_000 }
    const { statusOf } = await tokenService(t, context, rotating, { options })
    t.equal(await statusOf(await tokenOf(es, NOW)), 200)
    const next = await signingKey('es-2')
    rotating.publish(next)
    t.equal(await statusOf(await tokenOf(next, NOW)), 200)
    t.equal(await statusOf(await tokenOf(es, NOW)), 401)
    rotating.publish(es)
    const known = await tokenOf(next, NOW)
    const before = rotating.requests()
    time.pass(1_500)
    t.equal(await statusOf(known), 200, 'answered with the known keys, which are fetched again without a wait')
    await until(() => rotating.requests() > before)
    await until(async () => (await statusOf(known)) === 401)
    rotating.publish(es, next)
    t.equal(await statusOf(known), 200)
    rotating.publish(es)
    time.pass(2_500)
    t.equal(await statusOf(known), 401, 'after a long time without requests the keys are fetched first')
  },
)

t.test('a flood of unknown key ids asks the provider once, and each id once in a cooldown', async t => {
  const flooded = await identityProvider(t)
  flooded.publish(es)
  steppedTime(t)
  const { statusOf } = await tokenService(t, context, flooded, { options: { cooldown: 60_000, pause: 100 } })
  t.equal(await statusOf(await tokenOf(es, NOW)), 200)
  const tokens = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => await tokenOf({ ...es, kid: `unknown-${n}` }, NOW)),
  )
  for (let round = 0; round < 2; round++) {
    t.same(new Set(await Promise.all(tokens.map(statusOf))), new Set([401]))
    t.equal(flooded.requests(), 2)
  }
  const short = await tokenService(t, context, flooded, { options: { cooldown: 0, pause: 0 } })
  for (const requests of [4, 5]) {
    t.equal(await short.statusOf(tokens[0]!), 401)
    t.equal(flooded.requests(), requests)
  }
})

t.test('the first token of a new key is accepted, however lately the keys were fetched', async t => {
  const rotating = await identityProvider(t)
  rotating.publish(es)
  const { statusOf } = await tokenService(t, context, rotating, { options: { pause: 100 } })
  t.equal(await statusOf(await tokenOf(es, NOW)), 200)
  t.equal(await statusOf(await tokenOf({ ...es, kid: 'unknown' }, NOW)), 401)
  for (const kid of ['es-2', 'es-3', 'es-4']) {
    const next = await signingKey(kid)
    rotating.publish(es, next)
    t.equal(await statusOf(await tokenOf(next, NOW)), 200, kid)
  }
  t.equal(rotating.requests(), 5)
})

t.test('while the provider is away, known keys stay usable, and a token that cannot be checked gets 503', async t => {
  const away = await identityProvider(t)
  await away.goAway()
  const { ask, statusOf } = await tokenService(t, context, away, {
    options: { cooldown: 0, fresh_for: 0, timeout: 20_000 },
  })
  const token = await tokenOf(es, NOW)
  t.match(await ask(token), { statusCode: 503, headers: { 'retry-after': /^\d+$/ } })
  t.match((await ask(token)).json(), { type: '/problems/unavailable', detail: /identity provider/ })
  t.equal(await statusOf('x'), 401, 'what is no token needs no provider')
  away.publish(es)
  await away.comeBack()
  t.equal(await statusOf(token), 200)
  const unknown = await tokenOf({ ...es, kid: 'unknown' }, NOW)
  t.equal(await statusOf(unknown), 401)
  await away.goAway()
  for (let asked = 0; asked < 3; asked++) t.equal(await statusOf(token), 200)
  t.equal(await statusOf(unknown), 503)
  t.equal(
    await statusOf(await tokenOf(await signingKey('es-1'), NOW)),
    401,
    'a wrong signature is wrong also while the provider is away',
  )
  await away.comeBack()
  for (const [status, body] of [
    [500, '{"keys":[]}'],
    [200, 'not JSON'],
    [200, '{}'],
    [302, '{"keys":[]}'],
  ] as const) {
    away.answer(status, body)
    t.equal(await statusOf(token), 200, `${status} ${body}`)
    t.equal(await statusOf(unknown), 503)
  }
})
