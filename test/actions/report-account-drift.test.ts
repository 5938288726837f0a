import t from 'tap'
import { fillContract, putContract, register } from '../helpers/fixtures.ts'
import { rowCounts } from '../helpers/history.ts'
import { driftOf, HelpDesk, type DeskUser } from '../helpers/help-desk.ts'
import { testService } from '../helpers/test-service.ts'

const { call, callWith, clock, database } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))
const user = (external_id: string, email: string, fields: Partial<DeskUser> = {}): DeskUser => ({
  external_id,
  email,
  name: '山田 太郎',
  suspended: false,
  ...fields,
})
const link = async ({ account_id }: { account_id: string }, external_id: string | null) =>
  await call('PATCH', `/v1/support-accounts/${account_id}`, { external_id })
const of = (steps: any[], external_id: string) => steps.filter(step => step.external_id === external_id)
const brief = (steps: any[]) => steps.map(({ action, reason }) => `${action} ${reason}`)

const NAMES: Record<string, string> = {
  same: '佐藤',
  renamed: '鈴木',
  moved: '高橋',
  unlinked: '田中',
  asleep: '伊藤',
  missing: '渡辺',
}

t.test('R37: each way in which a user differs has its step, and its reason', async t => {
  await putContract(call, 'ways', { app_ids: ['attendance', 'man_hours'] })
  const at = async (name: string, role: 'primary' | 'secondary' = 'secondary') =>
    await register(call, 'ways', {
      family_name: NAMES[name]!,
      given_name: null,
      email: `${name}@ways.example.jp`,
      role,
    })
  const [same, renamed, moved] = [await at('same', 'primary'), await at('renamed'), await at('moved')]
  const [unlinked, asleep, missing] = [await at('unlinked'), await at('asleep'), await at('missing')]
  for (const [contact, id] of [
    [same, 'u-same'],
    [renamed, 'u-renamed'],
    [moved, 'u-moved'],
    [asleep, 'u-asleep'],
  ])
    await link(contact, id)
  const { status, headers, steps } = await driftOf(call, [
    user('u-same', 'SAME@ways.example.jp', { name: '佐藤' }),
    user('u-renamed', 'renamed@ways.example.jp', { name: 'other' }),
    user('u-moved', 'former@ways.example.jp', { name: '高橋' }),
    user('u-unlinked', 'unlinked@ways.example.jp', { name: '田中' }),
    user('u-asleep', 'asleep@ways.example.jp', { name: '伊藤', suspended: true }),
    user('u-stranger', 'stranger@ways.example.jp'),
    user('u-known-stranger', 'known@ways.example.jp', { suspended: true }),
  ])
  t.match({ status, headers }, { status: 200, headers: { 'content-type': 'application/x-ndjson; charset=utf-8' } })
  t.strictSame(steps, [
    {
      line: 2,
      action: 'rename',
      external_id: 'u-renamed',
      account_id: renamed.account_id,
      email: 'renamed@ways.example.jp',
      name: '鈴木',
      reason: 'name_differs',
    },
    {
      line: 3,
      action: 'rekey',
      external_id: 'u-moved',
      account_id: moved.account_id,
      email: 'moved@ways.example.jp',
      name: '高橋',
      reason: 'address_differs',
    },
    {
      line: 4,
      action: 'link',
      external_id: 'u-unlinked',
      account_id: unlinked.account_id,
      email: 'unlinked@ways.example.jp',
      name: '田中',
      reason: 'same_address',
    },
    {
      line: 5,
      action: 'reactivate',
      external_id: 'u-asleep',
      account_id: asleep.account_id,
      email: 'asleep@ways.example.jp',
      name: '伊藤',
      reason: 'account_open',
    },
    {
      line: 6,
      action: 'suspend',
      external_id: 'u-stranger',
      account_id: null,
      email: 'stranger@ways.example.jp',
      name: '山田 太郎',
      reason: 'not_registered',
    },
    {
      line: null,
      action: 'create',
      external_id: null,
      account_id: missing.account_id,
      email: 'missing@ways.example.jp',
      name: '渡辺',
      reason: 'no_user',
    },
  ])
})

t.test('R16: users who wait for each other come in an order in which each address is free', async t => {
  await putContract(call, 'circle', { app_ids: ['attendance', 'man_hours'] })
  const contacts = []
  for (const [index, name] of ['佐藤', '鈴木', '高橋', '田中'].entries())
    contacts.push(
      await register(call, 'circle', {
        role: index === 0 ? 'primary' : 'secondary',
        family_name: name,
        given_name: null,
        email: `${index}@circle.example.jp`,
      }),
    )
  for (const [index, contact] of contacts.entries()) await link(contact, `c-${index}`)
  // 0, 1 and 2 have each other's addresses; 3 waits for the address of a user whom the registry does not know.
  const users = [
    user('c-0', '1@circle.example.jp', { name: '佐藤' }),
    user('c-1', '2@circle.example.jp', { name: '鈴木' }),
    user('c-2', '0@circle.example.jp', { name: '高橋' }),
    user('c-3', 'else@circle.example.jp', { name: '田中' }),
    user('c-x', '3@circle.example.jp', { suspended: true }),
  ]
  const { steps } = await driftOf(call, users)
  const moves = steps.filter(({ email }) => /circle|released/.test(email))
  t.same(
    moves.map(({ external_id, action, reason }) => `${external_id} ${action} ${reason}`),
    [
      'c-0 rekey address_needed',
      'c-1 rekey address_differs',
      'c-2 rekey address_differs',
      'c-0 rekey address_differs',
      'c-x rekey address_needed',
      'c-3 rekey address_differs',
    ],
  )
  const desk = new HelpDesk(call, users)
  for (const step of steps) await desk.apply(step)
  t.same((await driftOf(call, [...desk.users.values()])).steps, [])
})

t.test("R20: another customer's user keeps its inquiries, and gives up the address", async t => {
  const email = 'desk@handed.example.jp'
  await putContract(call, 'handed-1', { customer_id: 'customer-handed-1' })
  const first = await register(call, 'handed-1', { role: 'primary', email })
  await link(first, 'h-1')
  await call('DELETE', `/v1/contacts/${first.contact_id}`)
  await putContract(call, 'handed-2', { customer_id: 'customer-handed-2' })
  const second = await register(call, 'handed-2', { role: 'primary', email })
  const { steps } = await driftOf(call, [user('h-1', email)])
  t.same(brief(of(steps, 'h-1')), ['suspend account_closed', 'rekey address_needed'])
  t.match(
    steps.find(step => step.account_id === second.account_id),
    { action: 'create', email },
  )
  const unknown = await driftOf(call, [user('h-9', email)])
  t.same(
    brief(of(unknown.steps, 'h-9')),
    ['suspend not_registered', 'rekey address_needed'],
    'whose it was is not known',
  )
  await link(second, 'h-2')
  await link(first, null)
})

t.test('a line that is no user is answered in its place, and the others go on', async t => {
  const [contact] = await fillContract(call, 'lines', 0)
  await link(contact, 'l-1')
  const { status, steps } = await driftOf(call, [
    user('l-9', 'one@lines.example.jp', { suspended: true }),
    { external_id: 'l-2', name: 'x' },
    '',
    [1],
    { ...user('l-3', 'three@lines.example.jp'), role: 'agent' },
    user('with space', 'four@lines.example.jp'),
    user('l-9', 'five@lines.example.jp'),
    user('l-7', 'One@lines.example.jp'),
    { ...user('l-1', 'lines'), email: 7 },
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
    const answer = await driftOf(call, [user('b-1', 'b@broken.example.jp'), '', line])
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
  const { steps } = await driftOf(callWith('accounts:read'), [user('d-1', 'd@told.example.jp')])
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
