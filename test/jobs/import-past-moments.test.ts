import t from 'tap'
import { contact, contract, customer, importer } from '../helpers/imports.ts'
import { testService } from '../helpers/test-service.ts'

const service = await testService(t)
const { call, clock } = service
const { imported } = importer(t, service)

const goTo = (moment: string): void => clock.set(moment, clock.dayOf(moment))
const then = async (url: string, as_of: string): Promise<any> => {
  const { body } = await call('GET', `${url}${url.includes('?') ? '&' : '?'}as_of=${as_of}`)
  const { instance: _request, ...answer } = body
  return answer
}
const checked = async (from: string, as_of: string) => (await call('POST', '/v1/sender-checks', { from, as_of })).body
const names = (contacts: any[]): string[] => contacts.map(({ name }) => name)

const FIRST = '山田 太郎'
const SECOND = '佐藤 花子'
const lines = [
  customer('A'),
  contract('A-1', 'A', { starts_on: '2018-04-01' }),
  contact('A-1', FIRST, 'desk@a.example.jp', { role: 'primary', registered_at: '2019-04-01T00:00:00Z' }),
  contact('A-1', SECOND, 'sato@a.example.jp', { registered_at: '2021-05-01T00:00:00Z' }),
  contact('A-1', '伊藤 一郎', 'ito@a.example.jp'),
]
const MOMENTS = ['2018-06-01T00:00:00Z', '2020-01-01T00:00:00Z', '2022-01-01T00:00:00Z', '2026-04-01T01:00:00Z']
const URLS = ['/v1/contracts/A-1', '/v1/contracts/A-1/contacts', '/v1/contracts/A-1/roster']
const SHEET = '/v1/customers/A/registration?purpose=inquiries'
const SENDERS = ['desk@a.example.jp', 'sato@a.example.jp', 'ito@a.example.jp', 'new@a.example.jp']

const answers = async () =>
  await Promise.all([
    ...MOMENTS.flatMap(moment => [...URLS, SHEET].map(async url => await then(url, moment))),
    ...MOMENTS.flatMap(moment => SENDERS.map(async sender => await checked(sender, moment))),
  ])

const factsAt = async (moment: string) => ({
  contacts: names((await then('/v1/contracts/B-1/contacts', moment)).items),
  is_authorised: (await checked('hayashi@b.example.jp', moment)).authorised,
  registration: (await then('/v1/contracts/B-1', moment)).registration,
})
const sharedAt = async (moment: string) =>
  (await then('/v1/contracts/C-1/contacts', moment)).items.map((item: any) => item.mailbox_shared)

t.test('R26, R39: before the first record of a contract, registrations of the past are answered', async t => {
  goTo('2026-04-01T00:30:00.000Z')
  t.match((await imported(lines)).rows, { created: 5 })
  goTo('2026-04-02T00:00:00.000Z')
  const [before, early, later, now] = MOMENTS as [string, string, string, string]
  t.match(await then('/v1/contracts/A-1/contacts', before), { items: [], not_known: 'before_contract' })
  t.match(await then('/v1/contracts/A-1', before), { status: 404 })
  t.match(await then(SHEET, before), { status: 404 })
  t.match(await checked('desk@a.example.jp', before), { authorised: false, reason: 'never_registered' })

  const { items, not_known } = await then('/v1/contracts/A-1/contacts', early)
  t.same(names(items), [FIRST])
  t.equal(not_known, undefined)
  t.match(await then('/v1/contracts/A-1', early), {
    state: 'in_force',
    registration: 'registered',
    seats: { limit: 4, used: 1 },
  })
  t.match(await then('/v1/contracts/A-1/roster', early), { seats: { used: 1 }, contacts: [{ name: FIRST }] })
  const sheet = await then(SHEET, early)
  t.match(sheet, { contracts: [{ contract: { contract_id: 'A-1' }, contacts: [{ name: FIRST }] }] })
  t.equal(sheet.contracts[0].contacts.length, 1)
  t.match(await checked('desk@a.example.jp', early), { authorised: true, people: [{ name: FIRST }] })
  t.match(await checked('sato@a.example.jp', early), { authorised: false, reason: 'never_registered' })

  t.same(names((await then('/v1/contracts/A-1/contacts', later)).items), [FIRST, SECOND])
  t.match(await checked('sato@a.example.jp', later), { authorised: true })
  t.match(await checked('ito@a.example.jp', later), { authorised: false }, 'whose row says no date')
  t.equal((await then('/v1/contracts/A-1/contacts', now)).items.length, 3)
})

t.test('R26, R39: what is changed later changes no answer about the past', async t => {
  const answered = await answers()
  const { items } = (await call('GET', '/v1/contracts/A-1/contacts')).body
  const [first, second] = items
  await call('PATCH', `/v1/contacts/${first.contact_id}`, { email: 'new@a.example.jp', duties: [] })
  await call('DELETE', `/v1/contacts/${second.contact_id}`)
  await call('PUT', '/v1/customers/A', { name: '別名商事' })
  goTo('2026-04-03T00:00:00.000Z')
  t.same(await answers(), answered)
  t.match(await checked('new@a.example.jp', '2026-04-02T12:00:00Z'), { authorised: true })
})

t.test('R26, R39: from the first record of a contract on, history speaks', async t => {
  goTo('2026-04-04T00:00:00.000Z')
  await imported([customer('B'), contract('B-1', 'B', { starts_on: '2018-04-01' })])
  goTo('2026-04-06T00:00:00.000Z')
  const since = { role: 'primary', registered_at: '2020-01-01T00:00:00Z' }
  await imported([contact('B-1', '林 香', 'hayashi@b.example.jp', since)])
  goTo('2026-04-07T00:00:00.000Z')
  const registered = { contacts: ['林 香'], is_authorised: true, registration: 'registered' }
  t.same(await factsAt('2021-01-01T00:00:00Z'), registered)
  t.same(await factsAt('2026-04-05T00:00:00Z'), { contacts: [], is_authorised: false, registration: 'unregistered' })
  t.same(await factsAt('2026-04-06T12:00:00Z'), registered)
})

t.test('R26, R28, R39: a contract that has ended is answered for the time in which it was in force', async t => {
  await imported([
    contract('A-9', 'A', { starts_on: '2015-04-01', ends_on: '2017-03-31' }),
    contact('A-9', '森 進', 'mori@a.example.jp', { role: 'primary', registered_at: '2015-05-01T00:00:00Z' }),
  ])
  t.match(await checked('mori@a.example.jp', '2016-01-01T00:00:00Z'), { authorised: true })
  t.match(await checked('mori@a.example.jp', '2018-01-01T00:00:00Z'), { authorised: false, reason: 'contract_ended' })
  t.match(await then('/v1/contracts/A-9', '2016-01-01T00:00:00Z'), { state: 'in_force', seats: { used: 1 } })
})

t.test('R18, R39: a mailbox of the past is shared where several people of that time had it', async t => {
  await imported([
    customer('C'),
    contract('C-1', 'C', { starts_on: '2018-04-01' }),
    contact('C-1', '原 誠', 'c@c.example.jp', { role: 'primary', registered_at: '2019-01-01T00:00:00Z' }),
    contract('C-2', 'C', { starts_on: '2018-04-01' }),
    contact('C-2', '原田 誠', 'c@c.example.jp', {
      role: 'primary',
      registered_at: '2020-01-01T00:00:00Z',
      shared_mailbox: true,
    }),
  ])
  t.same(await sharedAt('2019-06-01T00:00:00Z'), [false])
  t.same(await sharedAt('2020-06-01T00:00:00Z'), [true])
})
