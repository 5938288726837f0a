import { setTimeout as wait } from 'node:timers/promises'
import Fastify from 'fastify'
import t from 'tap'
import { until } from '../../helpers/until.ts'
import { shedLoad } from '#http/limits/load-shedding.ts'
import { sendProblem } from '#http/response/error-handler.ts'

// A busy machine delays the loop of a service that does nothing, by less than this.
const LIMIT = 30
// Several fit into a sample: one without any look at the loop's delay says nothing, and is passed over.
const BUSY = 60
const SAMPLE = 300

async function serviceThat(event_loop_delay: number, starting: number) {
  const app = Fastify()
  app.setErrorHandler(sendProblem)
  await shedLoad(app, event_loop_delay, { sample_interval: SAMPLE, starting })
  app.get('/work', async () => 'done')
  app.get('/alive', { config: { probe: true } }, async () => 'alive')
  await app.ready()
  t.teardown(async () => {
    await app.close()
  })
  return { ask: async (url: string) => await app.inject(url) }
}

/** Keeps the event loop from everything else, again and again, until a look at the service says so. */
async function busyUntil(isEnough: () => Promise<boolean>): Promise<boolean> {
  for (let round = 0; round < 1000; round++) {
    const until = performance.now() + BUSY
    while (performance.now() < until);
    await wait(1)
    if (await isEnough()) return true
  }
  return false
}

t.test(
  'while the event loop is behind, requests are turned away with when to come back, and the platform is answered',
  async t => {
    const app = await serviceThat(LIMIT, 0)
    const isServed = async (): Promise<boolean> => (await app.ask('/work')).statusCode === 200
    await until(isServed)
    t.ok(await busyUntil(async () => (await app.ask('/work')).statusCode === 503))
    t.ok(
      await busyUntil(async () => {
        const [refused, alive] = [await app.ask('/work'), await app.ask('/alive')]
        t.equal(alive.statusCode, 200)
        if (refused.statusCode !== 503) return false
        t.match(refused, { headers: { 'content-type': /^application\/problem\+json/, 'retry-after': /^\d+$/ } })
        t.match(refused.json(), { type: '/problems/unavailable', status: 503 })
        return true
      }),
    )
    await until(isServed) // as soon as it has caught up
  },
)

t.test('while the service starts no request is turned away, and never where the limit is 0', async t => {
  for (const app of [await serviceThat(LIMIT, 600_000), await serviceThat(0, 0)]) {
    let [refused, rounds] = [0, 0]
    await busyUntil(async () => {
      if ((await app.ask('/work')).statusCode !== 200) refused++
      return ++rounds === 10
    })
    t.equal(refused, 0)
  }
})
