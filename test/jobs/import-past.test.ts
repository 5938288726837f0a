import t from 'tap'
import { contact, contract, customer, importer, type Line } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call } = service
const { imported } = importer(t, service)

const ended = { starts_on: '2018-04-01', ends_on: '2021-03-31' }
const since = (registered_at: string, more: Line = {}): Line => ({ registered_at, ...more })
const OLD = since('2018-04-02T00:00:00Z')
const accountOf = async (contact_id: string) => {
  const { body } = await call('GET', `/v1/contacts/${contact_id}`)
  return (await call('GET', `/v1/support-accounts/${body.account_id}`)).body
}
const checked = async (from: string, more: object = {}) =>
  (await call('POST', '/v1/sender-checks', { from, ...more })).body

t.test('R28, R39: an ended contract takes its contacts of the past, who open no account', async t => {
  const lines = [
    customer('A'),
    contract('A-1', 'A', ended),
    contact('A-1', '山田 太郎', 'yamada@a.example.jp', { role: 'primary', ...OLD }),
    contact('A-1', '佐藤 花子', 'desk@a.example.jp', OLD),
    contact('A-1', '伊藤 花子', 'desk@a.example.jp', OLD),
  ]
  const { rows, items } = await imported(lines)
  t.match(rows, { created: 5 }, JSON.stringify(items))
  const [, , primary, sato, ito] = items
  const account = await accountOf(primary.contact_id)
  t.match(account, { state: 'closed', email: 'yamada@a.example.jp', contacts: [] })
  t.equal((await accountOf(ito.contact_id)).account_id, (await accountOf(sato.contact_id)).account_id)
  t.match(await checked('yamada@a.example.jp'), { authorised: false, reason: 'contract_ended' })
  const { items: entries } = (await call('GET', '/v1/history?customer_id=A&limit=200')).body
  const accounts = entries.map(({ event }: any) => event).filter((event: string) => event.startsWith('support_account'))
  t.same(new Set(accounts), new Set(['support_account.closed']))
  t.match((await imported(lines)).rows, { unchanged: 5 })
  const now = await imported([contact('A-1', '鈴木 一郎', 'suzuki@a.example.jp')])
  t.match(now.items[0].problems, [{ type: '/problems/contract-not-in-force', ends_on: '2021-03-31' }])
  const moved = { contact_id: primary.contact_id, contract_id: 'A-1', name: '山田 太郎', email: 'other@a.example.jp' }
  t.match((await imported([{ type: 'contact', ...moved, ...OLD }])).items[0].problems, [
    { type: '/problems/contract-not-in-force' },
  ])
})

t.test('R21: who comes back from an ended contract gets the account that was kept', async t => {
  const { items } = await imported([
    contract('A-2', 'A'),
    contact('A-2', '山田 太郎', 'yamada@a.example.jp', { role: 'primary' }),
  ])
  const account = await accountOf(items[1].contact_id)
  t.match(account, { state: 'open', contacts: [{ name: '山田 太郎' }] })
  const { body } = await call('GET', '/v1/contracts/A-1/contacts')
  t.equal(body.items[0].account_id, account.account_id)
  t.match(await checked('yamada@a.example.jp'), { authorised: true })
})

t.test('R17, R20: contacts of the past share nothing with those of today', async t => {
  const { rows, items } = await imported([
    customer('B'),
    contract('B-1', 'B', ended),
    contact('B-1', '田中 次郎', 'yamada@a.example.jp', { role: 'primary', ...OLD }),
    contract('A-3', 'A', ended),
    contact('A-3', '高田 三郎', 'yamada@a.example.jp', { role: 'primary', ...OLD }),
    contact('A-3', '高山 四郎', 'yamada@a.example.jp', OLD),
  ])
  t.match(rows, { created: 6 })
  t.match(await accountOf(items[2].contact_id), { state: 'closed', customer_id: 'B' })
  t.match((await checked('yamada@a.example.jp')).people, [{ name: '山田 太郎' }])
  const revived = await imported([contract('B-1', 'B', { ...ended, ends_on: null })])
  t.match(revived.items[0].problems, [{ type: '/problems/email-taken' }], 'R20: until the contract is in force again')
})
