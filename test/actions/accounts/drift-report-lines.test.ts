import t from 'tap'
import { fillContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { deskUser, driftOf } from '../../helpers/help-desk.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith, database } = await testService(t)
const link = async ({ account_id }: { account_id: string }, external_id: string | null) =>
  await call('PATCH', `/v1/support-accounts/${account_id}`, { external_id })

t.test('a line that is no user is answered in its place, and the others go on', async t => {
  const [contact] = await fillContract(call, 'lines', 0)
  await link(contact, 'l-1')
  const { status, steps } = await driftOf(call, [
    deskUser('l-9', 'one@lines.example.jp', { suspended: true }),
    { external_id: 'l-2', name: 'x' },
    '',
    [1],
    { ...deskUser('l-3', 'three@lines.example.jp'), role: 'agent' },
    deskUser('with space', 'four@lines.example.jp'),
    deskUser('l-9', 'five@lines.example.jp'),
    deskUser('l-7', 'One@lines.example.jp'),
    { ...deskUser('l-1', 'lines'), email: 7 },
  ])
  t.equal(status, 200)
  t.match(steps.slice(0, 7), [
    {
      line: 2,
      action: 'none',
      external_id: 'l-2',
      reason: 'not_a_user',
      errors: [{ pointer: '#/email', code: 'required' }],
    },
    {
      line: 4,
      action: 'none',
      external_id: null,
      reason: 'not_a_user',
      errors: [{ pointer: '#', code: 'wrong-type' }],
    },
    { line: 5, reason: 'not_a_user', errors: [{ pointer: '#/role', code: 'unknown-field' }] },
    { line: 6, external_id: null, errors: [{ pointer: '#/external_id', code: 'invalid-format' }] },
    { line: 7, action: 'none', external_id: 'l-9', reason: 'duplicate_external_id', repeats_line: 1 },
    { line: 8, action: 'none', external_id: 'l-7', reason: 'duplicate_email', repeats_line: 1 },
    { line: 9, external_id: 'l-1', errors: [{ pointer: '#/email', code: 'wrong-type' }] },
  ])
  t.notOk(
    steps.some(({ account_id }) => account_id === contact.account_id),
    'its user is there, whatever its line says',
  )
})

t.test('a broken line ends the report with its number, before anything is answered', async t => {
  for (const line of [
    '{"external_id":',
    '{"a":1,"a":2}',
    'null x',
    '{"name":"\u0000"}',
    `{"name":"${'x'.repeat(70_000)}"}`,
  ]) {
    const answer = await driftOf(call, [deskUser('b-1', 'b@broken.example.jp'), '', line])
    t.match(
      answer,
      { status: 400, body: { type: '/problems/invalid-request', errors: [{ line: 3 }] } },
      line.slice(0, 20),
    )
    t.match(answer.body.detail, /^Line 3: /)
  }
  t.match((await driftOf(call, ['x'], { 'accept-language': 'ja' })).body.detail, /^1行目: /)
  const [{ lines }] = (await database.run({
    name: '',
    text: 'select count(*) as lines from drift_lines',
    values: [],
  })) as any
  t.equal(Number(lines), 0, 'nothing stays')
})

t.test('R31: who takes a report is recorded; the report changes nothing else', async t => {
  const before = await rowCounts(database)
  const { steps } = await driftOf(callWith('accounts:read'), [deskUser('d-1', 'd@told.example.jp')])
  const after = (await rowCounts(database)) as object
  const changed = Object.keys(after).filter(table => (after as any)[table] !== (before as any)[table])
  t.same(
    changed.filter(table => !table.startsWith('disclosure')),
    [],
  )
  const { items } = (await call('GET', '/v1/disclosures?operation=reportAccountDrift')).body
  t.match(items[0], { purpose: 'inquiries', format: 'ndjson', state: 'complete', rows: steps.length })
  t.match(await driftOf(callWith('accounts:report'), []), { status: 403 })
  t.match(await call('POST', '/v1/account-drift-reports', {}), { status: 415 })
})
