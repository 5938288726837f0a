import t from 'tap'
import { person, putContract, putCustomer } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'
import type { Answer } from '../helpers/test-service.ts'

const { call, instances, race } = await racedRegistry(t)

race(
  'identical requests with one Idempotency-Key at once: one registration, every client gets it or has to wait',
  async t => {
    await putContract(call, 'repeated')
    const answers: Answer[] = []
    for (let round = 0; round < 2; round++) {
      answers.push(
        ...(await atOnce(30, instances, call =>
          call('POST', '/v1/contracts/repeated/contacts', person({ role: 'primary' }), { 'idempotency-key': 'once' }),
        )),
      )
    }
    const registered = answers.filter(({ status }) => status === 201)
    t.equal(
      registered.filter(({ headers }) => headers['idempotent-replayed'] === undefined).length,
      1,
      'one did the work',
    )
    t.equal(new Set(registered.map(({ text }) => text)).size, 1, 'every 201 says the same')
    t.ok(
      answers.every(answer => ['201', '409 idempotency-key-in-use'].includes(outcomeOf(answer))),
      JSON.stringify(tally(answers)),
    )
    t.match((await call('GET', '/v1/contracts/repeated')).body.seats, { used: 1 })
    t.match(
      await call('POST', '/v1/contracts/repeated/contacts', person({ role: 'primary' }), { 'idempotency-key': 'once' }),
      { status: 201, headers: { 'idempotent-replayed': 'true' } },
    )
  },
)

race('a refusal is repeated too, also after its reason has gone', async t => {
  await putContract(call, 'refused')
  const send = (call: (typeof instances)[number]) =>
    call('POST', '/v1/contracts/refused/contacts', person({ email: 'second@refused.example.jp' }), {
      'idempotency-key': 'refused',
    })
  const answers = await atOnce(20, instances, send)
  t.ok(
    answers.every(answer => ['409 primary-required', '409 idempotency-key-in-use'].includes(outcomeOf(answer))),
    JSON.stringify(tally(answers)),
  )
  await call('POST', '/v1/contracts/refused/contacts', person({ role: 'primary', email: 'first@refused.example.jp' }))
  t.equal(outcomeOf(await send(call)), '409 primary-required')
})

race('two different requests with one Idempotency-Key at once: one is done, the other is not', async t => {
  for (let round = 0; round < 10; round++) {
    await putContract(call, `reused-${round}`)
    const answers = await atOnce(10, instances, (call, index) =>
      call(
        'POST',
        `/v1/contracts/reused-${round}/contacts`,
        person({ role: 'primary', email: `p${index % 2}@reused-${round}.example.jp` }),
        { 'idempotency-key': `reused-${round}` },
      ),
    )
    t.ok(
      answers.every(answer =>
        ['201', '409 idempotency-key-in-use', '422 idempotency-key-reused'].includes(outcomeOf(answer)),
      ),
      JSON.stringify(tally(answers)),
    )
    t.equal(new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.contact_id)).size, 1)
    t.match((await call('GET', `/v1/contracts/reused-${round}`)).body.seats, { used: 1 })
  }
})

race('identical PUTs of something new at once: one creates it', async t => {
  await putCustomer(call, 'buyer')
  const things: Record<string, object> = {
    '/v1/customers/new': { name: '株式会社新規' },
    '/v1/contracts/new': {
      connections: 0,
      ends_on: null,
      customer_id: 'buyer',
      product_id: 'manage',
      app_ids: ['attendance'],
      starts_on: '2024-04-01',
    },
    '/v1/products/new': {
      name: '新製品',
      base_seats: 3,
      bundled_app_ids: ['attendance'],
      counts_apps: true,
      counts_connections: false,
    },
    '/v1/apps/new': { name: '新アプリ', kind: 'app' },
  }
  for (const [url, body] of Object.entries(things)) {
    const answers = await atOnce(20, instances, call => call('PUT', url, body))
    t.strictSame(tally(answers), { '200': 19, '201': 1 }, url)
    t.equal(
      new Set(answers.map(({ text, headers }) => text + headers['etag'])).size,
      1,
      'all with the same body and entity tag',
    )
  }
})

race('If-None-Match: * on PUTs at once: one creates, the others learn that it is there', async t => {
  const answers = await atOnce(20, instances, call =>
    call('PUT', '/v1/customers/only', { name: '株式会社唯一' }, { 'if-none-match': '*' }),
  )
  t.strictSame(tally(answers), { '201': 1, '412 precondition-failed': 19 })
})

race('a PUT with If-Match raced by others: one changes it', async t => {
  const { headers } = await putContract(call, 'tagged', { customer_id: 'buyer', product_id: 'data_link' })
  const answers = await atOnce(20, instances, (call, index) =>
    call(
      'PUT',
      '/v1/contracts/tagged',
      {
        app_ids: [],
        ends_on: null,
        customer_id: 'buyer',
        product_id: 'data_link',
        connections: index + 1,
        starts_on: '2024-04-01',
      },
      { 'if-match': headers['etag']! },
    ),
  )
  t.strictSame(tally(answers), { '200': 1, '412 precondition-failed': 19 })
})
