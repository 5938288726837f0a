import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { deskUser, driftOf, HelpDesk } from '../../helpers/help-desk.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, clock } = await testService(t)
t.beforeEach(() => clock.set('2026-04-01T00:30:00.000Z'))
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
    deskUser('u-same', 'SAME@ways.example.jp', { name: '佐藤' }),
    deskUser('u-renamed', 'renamed@ways.example.jp', { name: 'other' }),
    deskUser('u-moved', 'former@ways.example.jp', { name: '高橋' }),
    deskUser('u-unlinked', 'unlinked@ways.example.jp', { name: '田中' }),
    deskUser('u-asleep', 'asleep@ways.example.jp', { name: '伊藤', suspended: true }),
    deskUser('u-stranger', 'stranger@ways.example.jp'),
    deskUser('u-known-stranger', 'known@ways.example.jp', { suspended: true }),
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
    deskUser('c-0', '1@circle.example.jp', { name: '佐藤' }),
    deskUser('c-1', '2@circle.example.jp', { name: '鈴木' }),
    deskUser('c-2', '0@circle.example.jp', { name: '高橋' }),
    deskUser('c-3', 'else@circle.example.jp', { name: '田中' }),
    deskUser('c-x', '3@circle.example.jp', { suspended: true }),
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
  const { steps } = await driftOf(call, [deskUser('h-1', email)])
  t.same(brief(of(steps, 'h-1')), ['suspend account_closed', 'rekey address_needed'])
  t.match(
    steps.find(step => step.account_id === second.account_id),
    { action: 'create', email },
  )
  const unknown = await driftOf(call, [deskUser('h-9', email)])
  t.same(
    brief(of(unknown.steps, 'h-9')),
    ['suspend not_registered', 'rekey address_needed'],
    'whose it was is not known',
  )
  await link(second, 'h-2')
  await link(first, null)
})
