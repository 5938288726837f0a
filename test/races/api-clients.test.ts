import t from 'tap'
import { createClient } from '../helpers/api-clients.ts'
import { tally } from '../helpers/tally.ts'
import { secondInstance, testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'

const one = await testService(t)
const other = await secondInstance(t, one)
const instances = [one, other]
const { call } = one

t.test(
  'a client that is revoked while it is in use on two instances is refused by both within two seconds, and never ' +
    'again let in',
  async t => {
    const { client_id, key } = await createClient(call, ['customers:read'])
    let revoked_at = Infinity
    const late: number[] = []
    const statuses = new Set<number>()
    const stopping = new AbortController()
    const refused = new Set<number>()
    const callers = instances.map(async ({ callAs }, instance) => {
      while (!stopping.signal.aborted) {
        const sent = performance.now()
        const { status } = await callAs(key)('GET', '/v1/customers')
        statuses.add(status)
        if (status === 200 && (refused.has(instance) || sent - revoked_at > 2000)) late.push(sent - revoked_at)
        if (status === 401) refused.add(instance)
      }
    })
    await new Promise(resolve => setTimeout(resolve, 700)) // long enough for what is known to have been asked for again
    t.equal((await call('DELETE', `/v1/api-clients/${client_id}`)).status, 204)
    revoked_at = performance.now()
    await until(async () => refused.size === instances.length)
    await new Promise(resolve => setTimeout(resolve, 700)) // by now it has been asked for again
    stopping.abort()
    await Promise.all(callers)
    t.same([...statuses].toSorted(), [200, 401])
    t.same(late, [])
  },
)

t.test('of two who rotate at once with If-Match one does; without, both keys work and the former ends', async t => {
  const { client_id, key, etag } = await createClient(call, ['customers:read'])
  const rotateAll = async (headers: Record<string, string>) =>
    await Promise.all(
      instances.map(
        async ({ call }) => await call('POST', `/v1/api-clients/${client_id}/keys`, { overlap_seconds: 600 }, headers),
      ),
    )
  const guarded = await rotateAll({ 'if-match': etag })
  t.same(tally(guarded), { '201': 1, '412 precondition-failed': 1 })
  const both = await rotateAll({})
  t.same(tally(both), { '201': 2 })
  const read = await call('GET', `/v1/api-clients/${client_id}`)
  t.equal(read.body.keys.length, 4)
  t.equal(read.body.keys.filter(({ expires_at }: any) => expires_at > '2027').length, 1, 'one goes on to its end')
  const last = both.find(({ body }) => body.keys.length === 4)!
  t.equal(last.headers['etag'], read.headers['etag'], 'who came last was answered what is there now')
  for (const each of [key, ...[...guarded, ...both].flatMap(({ body }) => body.key ?? [])]) {
    for (const { callAs } of instances) t.equal((await callAs(each)('GET', '/v1/customers')).status, 200)
  }
})

t.test(
  'one creation asked for on both instances under one key creates one client, and one of them learns its key',
  async t => {
    const body = { name: 'Raced', scopes: ['customers:read'] }
    const ask = async () =>
      await Promise.all(
        [...instances, ...instances].map(
          async ({ call }) => await call('POST', '/v1/api-clients', body, { 'idempotency-key': 'raced' }),
        ),
      )
    const answers = await ask()
    await until(async () => {
      answers.push(...(await ask()))
      return answers.filter(({ status }) => status === 201).length > 4
    })
    const created = answers.filter(({ status }) => status === 201)
    t.equal(new Set(created.map(({ body }) => body.client_id)).size, 1)
    t.equal(created.filter(({ body }) => body.key !== null).length, 1)
    t.same(
      answers.filter(({ status }) => status !== 201 && status !== 409),
      [],
    )
  },
)
