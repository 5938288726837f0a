import t from 'tap'
import { fillContract, person, putContract, register } from '../helpers/fixtures.ts'
import { racedRegistry } from '../helpers/raced-registry.ts'
import { brokenInvariants } from '../helpers/registry-invariants.ts'
import { atOnce, outcomeOf, tally } from '../helpers/tally.ts'

const { call, clock, database, instances, race } = await racedRegistry(t)

const terms = (fields: object) => ({
  app_ids: [],
  ends_on: null,
  customer_id: 'customer-1',
  product_id: 'data_link',
  connections: 20,
  starts_on: '2024-04-01',
  ...fields,
})

race(
  'R28: a contract that ends while people are registered: who came before stays a contact, no account stays open',
  async t => {
    for (let round = 0; round < 8; round++) {
      await fillContract(call, `ending-${round}`, 1, { product_id: 'data_link', connections: 20 })
      const answers = await atOnce(16, instances, async (call, index) =>
        index === 5 + round
          ? await call('PUT', `/v1/contracts/ending-${round}`, terms({ ends_on: '2026-03-31' }))
          : await call(
              'POST',
              `/v1/contracts/ending-${round}/contacts`,
              person({ family_name: `人${index}`, email: `p${index}@ending-${round}.example.jp` }),
            ),
      )
      t.ok(
        answers.every(answer => ['200', '201', '409 contract-not-in-force'].includes(outcomeOf(answer))),
        JSON.stringify(tally(answers)),
      )
      const registered = answers.filter(({ status }) => status === 201)
      t.match((await call('GET', `/v1/contracts/ending-${round}`)).body, {
        state: 'ended',
        seats: { used: 2 + registered.length },
      })
      for (const { body } of registered)
        t.match((await call('GET', `/v1/support-accounts/${body.account_id}`)).body, { state: 'closed' })
    }
  },
)

race('R20, R28: a contract that comes back while another customer takes its address: one of the two', async t => {
  for (let round = 0; round < 8; round++) {
    await fillContract(call, `back-${round}`, 0, { product_id: 'data_link', connections: 20 })
    await call('PUT', `/v1/contracts/back-${round}`, terms({ ends_on: '2026-03-31' }))
    await putContract(call, `heir-${round}`, { customer_id: 'heir' })
    const answers = await atOnce(2, instances, async (call, index) =>
      index === round % 2
        ? await call('PUT', `/v1/contracts/back-${round}`, terms({}))
        : await call(
            'POST',
            `/v1/contracts/heir-${round}/contacts`,
            person({ role: 'primary', email: `primary@back-${round}.example.jp` }),
          ),
    )
    t.equal(answers.filter(answer => outcomeOf(answer) === '409 email-taken').length, 1, JSON.stringify(tally(answers)))
  }
})

race('R27: limits lowered and raised while people are registered: never one too many', async t => {
  await fillContract(call, 'lowered', 1, { product_id: 'data_link', connections: 3 })
  const answers = await atOnce(60, instances, async (call, index) =>
    index % 3 === 0
      ? await call('PUT', '/v1/contracts/lowered', terms({ connections: (index / 3) % 7 }))
      : await call(
          'POST',
          '/v1/contracts/lowered/contacts',
          person({ family_name: `人${index}`, email: `p${index}@lowered.example.jp` }),
        ),
  )
  t.ok(
    answers.every(answer => ['200', '201', '409 seat-limit-reached'].includes(outcomeOf(answer))),
    JSON.stringify(tally(answers)),
  )
})

race(
  'R6: the catalogue changes while contracts are fed and people registered: every stored limit is the calculated one',
  async t => {
    for (let n = 0; n < 6; n++)
      await fillContract(call, `fed-${n}`, 1, {
        product_id: n % 2 === 0 ? 'manage' : 'manage_ac_smart',
        app_ids: ['attendance', 'man_hours'],
      })
    for (let round = 0; round < 4; round++) {
      const answers = await atOnce(48, instances, async (call, index) => {
        const n = (index * 7 + round) % 6
        const bundled_app_ids = [['expenses'], ['expenses', 'attendance'], []][(index + round) % 3]
        if (index % 4 === 0)
          return await call('PUT', '/v1/products/manage_ac_smart', {
            name: 'ManageACスマート',
            base_seats: 2 + ((index + round) % 5),
            bundled_app_ids,
            counts_apps: index % 8 < 6,
            counts_connections: false,
          })
        if (index % 4 === 1)
          return await call('PUT', '/v1/apps/man_hours', { name: '工数', kind: index % 8 < 4 ? 'option' : 'app' })
        if (index % 4 === 2)
          return await call(
            'PUT',
            `/v1/contracts/fed-${n}`,
            terms({
              product_id: index % 8 < 4 ? 'manage' : 'manage_ac_smart',
              connections: 0,
              app_ids: ['man_hours', ...(index % 3 === 0 ? ['attendance'] : [])],
            }),
          )
        return await call(
          'POST',
          `/v1/contracts/fed-${n}/contacts`,
          person({ family_name: `人${round}の${index}`, email: `p${round}-${index}@fed-${n}.example.jp` }),
        )
      })
      t.ok(
        answers.every(answer => ['200', '201', '409 seat-limit-reached'].includes(outcomeOf(answer))),
        JSON.stringify(tally(answers)),
      )
      t.strictSame(await brokenInvariants(database, clock.today()), {})
    }
  },
)

race('R20, R28: an address whose contract has run out by its date goes to another customer in one step', async t => {
  await putContract(call, 'run-out', { customer_id: 'former', ends_on: '2026-04-01' })
  await register(call, 'run-out', { role: 'primary', email: 'passed-on@example.jp' })
  clock.set('2026-04-02T00:30:00.000Z')
  await putContract(call, 'next', { customer_id: 'latter' })
  t.match(await register(call, 'next', { role: 'primary', email: 'passed-on@example.jp' }), { customer_id: 'latter' })
})
