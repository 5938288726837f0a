import t from 'tap'
import { ask, insider, newcomer, stranger } from '../../helpers/change-requests.ts'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock, database } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))

t.test('R25: addresses are compared as addresses; who gives none is a stranger', async t => {
  await fillContract(call, 'known', 0)
  t.equal(
    (
      await ask(call, 'known', [newcomer('known')], {
        requested_by: { ...insider('known'), email: ' Primary＠KNOWN.example.jp ' },
      })
    ).body.state,
    'ready',
  )
  t.equal(
    (await ask(call, 'known', [newcomer('known')], { requested_by: { name: '山田 太郎', channel: 'phone' } })).body
      .state,
    'needs_primary_confirmation',
  )
  t.match(
    await ask(call, 'known', [newcomer('known')], {
      requested_by: { name: '山田 太郎', channel: 'phone', email: 'not an address' },
    }),
    { status: 400, body: { errors: [{ pointer: '#/requested_by/email', code: 'invalid-address' }] } },
  )
})

t.test('R25: a contract without contacts has no person to ask, and its requests need no confirmation', async t => {
  await putContract(call, 'empty')
  t.match(await ask(call, 'empty', [newcomer('empty', { role: 'primary' })], stranger), {
    status: 201,
    body: { state: 'ready', needs_confirmation: [], requested_by: { contact_id: null }, plan: { feasible: true } },
  })
})

t.test('R24: what could never be applied is not taken down', async t => {
  await fillContract(call, 'never', 0)
  const unknown = '019d4672-7740-7c41-9d2e-3f5b8a1c7e90'
  const before = await rowCounts(database)
  t.match(await ask(call, 'never', [{ op: 'remove', contact_id: unknown }]), {
    status: 422,
    body: { type: '/problems/unknown-reference', problems: [{ pointers: ['#/operations/0/contact_id'] }] },
  })
  t.match(
    await ask(call, 'never', [newcomer('never', { email: 'a@b@c' }), newcomer('never', { family_name: '山田/伊藤' })]),
    {
      status: 400,
      body: { problems: [{ pointers: ['#/operations/0/contact/email'] }, { type: '/problems/name-not-personal' }] },
    },
  )
  t.match(await ask(call, 'nothing', [newcomer('x')]), {
    status: 422,
    body: {
      type: '/problems/unknown-reference',
      references: [{ pointer: '#/contract_id', resource: 'contract', id: 'nothing' }],
    },
  })
  t.match(await ask(call, 'never', [newcomer('never')], { effective_on: '2026-03-31' }), {
    status: 422,
    body: { type: '/problems/invalid-value', errors: [{ pointer: '#/effective_on', code: 'in-the-past' }] },
  })
  t.match(await ask(call, 'never', []), {
    status: 400,
    body: { errors: [{ pointer: '#/subject', code: 'required' }] },
  })
  t.match(await ask(call, 'never', [{ op: 'shuffle' }, { op: 'add' }, { op: 'make_primary' }, {}]), {
    status: 400,
    body: {
      errors: [
        { pointer: '#/operations/0/op', code: 'not-allowed' },
        { pointer: '#/operations/1/contact', code: 'required' },
        { pointer: '#/operations/2', code: 'one-of' },
        { pointer: '#/operations/3/op', code: 'required' },
      ],
    },
  })
  t.strictSame(await rowCounts(database), before)
  t.strictSame((await call('GET', '/v1/change-requests?contract_id=never')).body.items, [])
})

t.test('requests are listed in order, by contract, customer and state', async t => {
  await fillContract(call, 'listed', 0, { customer_id: 'listing' })
  const ids: string[] = []
  for (const effective_on of [null, '2026-05-01', null])
    ids.push((await ask(call, 'listed', [newcomer('listed')], { effective_on })).body.change_request_id)
  const list = async (query: string) => (await call('GET', `/v1/change-requests?${query}`)).body
  t.strictSame(
    (await list('contract_id=listed')).items.map((item: any) => item.change_request_id),
    ids,
  )
  t.strictSame(
    (await list('customer_id=listing&state=scheduled')).items.map((item: any) => item.change_request_id),
    [ids[1]],
  )
  const page = await list('customer_id=listing&limit=2')
  t.notOk('plan' in page.items[0])
  t.strictSame(
    (await list(`customer_id=listing&limit=2&cursor=${page.next_cursor}`)).items.map(
      (item: any) => item.change_request_id,
    ),
    [ids[2]],
  )
})
