import t from 'tap'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)

t.test('R6: an app is added without a release: 201, then 200 with the same body and entity tag', async t => {
  const first = await call('PUT', '/v1/apps/payroll', { name: '給与', kind: 'app' }, { 'request-id': 'app-1' })
  t.match(first, { status: 201, headers: { location: '/v1/apps/payroll' } })
  t.same(first.body, { app_id: 'payroll', name: '給与', kind: 'app', updated_at: clock.now() })
  t.match(await call('PUT', '/v1/apps/payroll', { name: '給与', kind: 'app' }, { 'request-id': 'app-2' }), {
    status: 200,
    text: first.text,
    headers: { etag: first.headers['etag']! },
  })
  t.match(await historyOf(database, 'app-1'), [
    { actor: 'test', event: 'app.created', subject_id: 'payroll', before: null, after: { kind: 'app' } },
  ])
  t.same(await historyOf(database, 'app-2'), [])
  const { body } = await putContract(call, 'uses-payroll', { app_ids: ['payroll'] })
  t.match(body.seats, {
    limit: 5,
    lines: [
      { reason: 'base', seats: 4 },
      { reason: 'app', app_id: 'payroll', seats: 1 },
    ],
  })
})

t.test(
  'R6, R27: an app that becomes an option lowers the limit of every contract that uses it, and removes no person',
  async t => {
    await call('PUT', '/v1/apps/survey', { name: 'アンケート', kind: 'app' })
    await fillContract(call, 'full-survey', 4, { app_ids: ['survey'] })
    await putContract(call, 'other-survey', { app_ids: ['survey', 'attendance'] })
    await putContract(call, 'without-survey')
    t.equal(
      (await call('PUT', '/v1/apps/survey', { name: 'アンケート', kind: 'option' }, { 'request-id': 'to-option' }))
        .status,
      200,
    )
    t.match((await call('GET', '/v1/contracts/full-survey')).body.seats, { limit: 4, used: 5, available: 0, over: 1 })
    t.match((await call('GET', '/v1/contracts/other-survey')).body.seats, { limit: 5, used: 0, available: 5, over: 0 })
    t.same(
      (await call('GET', '/v1/contracts?over_limit=true')).body.items.map((item: any) => item.contract_id),
      ['full-survey'],
    )
    const rows = await historyOf(database, 'to-option')
    t.same(
      rows.map(({ event, subject_id, after }) => [event, subject_id, after.seats?.limit]),
      [
        ['contract.seats_changed', 'full-survey', 4],
        ['contract.went_over_limit', 'full-survey', 4],
        ['contract.seats_changed', 'other-survey', 5],
        ['app.changed', 'survey', undefined],
      ],
    )
    await call('PUT', '/v1/apps/survey', { name: 'アンケート', kind: 'app' })
    t.same((await call('GET', '/v1/contracts?over_limit=true')).body.items, [])
  },
)

t.test('R2: a bundled app that becomes an option gives no seat any more', async t => {
  await putContract(call, 'smart', { product_id: 'manage_ac_smart' })
  await call('PUT', '/v1/apps/expenses', { name: '経費', kind: 'option' })
  t.match((await call('GET', '/v1/contracts/smart')).body.seats, { limit: 6 })
  await call('PUT', '/v1/apps/expenses', { name: '経費', kind: 'app' })
  t.match((await call('GET', '/v1/contracts/smart')).body.seats, { limit: 7 })
})

t.test('an app that is merely renamed changes no limit', async t => {
  await call('PUT', '/v1/apps/man_hours', { name: '工数管理', kind: 'app' }, { 'request-id': 'renamed' })
  t.same(
    (await historyOf(database, 'renamed')).map(({ event }) => event),
    ['app.changed'],
  )
})

t.test('what is no app is refused', async t => {
  for (const [body, pointer, code] of [
    [{ name: 'x', kind: 'addon' }, '#/kind', 'not-allowed'],
    [{ name: 'x' }, '#/kind', 'required'],
    [{ kind: 'app' }, '#/name', 'required'],
    [{ name: 'x'.repeat(101), kind: 'app' }, '#/name', 'too-long'],
    [{ name: 'x', kind: 'app', seats: 1 }, '#/seats', 'unknown-field'],
    [{ app_id: 'other', name: 'x', kind: 'app' }, '#/app_id', 'read-only'],
  ] as const) {
    t.match(
      await call('PUT', '/v1/apps/refused', body),
      { status: 400, body: { errors: [{ in: 'body', pointer, code }] } },
      code,
    )
  }
  t.match(await call('GET', '/v1/apps/refused'), { status: 404, body: { type: '/problems/not-found' } })
})
