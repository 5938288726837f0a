import t from 'tap'
import { personInEverything, SPELLINGS } from '../../helpers/person-in-everything.ts'
import { testService } from '../../helpers/test-service.ts'
import { lineWith, wholeDatabase } from '../../helpers/whole-database.ts'
import { eventNumbering } from '#actions/history/number-events.ts'
import { runImport } from '#actions/imports/run-import.ts'
import { verifyHistory } from '#actions/history/verify-history.ts'

const service = await testService(t)
const { call, clock, context, database, owner_url } = service
clock.set('2026-04-01T00:00:00.000Z')
const { contact_ids, open_import, open_requests } = await personInEverything(service)
const number = eventNumbering(database)
const erase = async () => await call('POST', '/v1/personal-data-erasures', { contact_ids, reason: 'requested' })

t.test('R33: a person who has a part in every record is in none of them once erased', async t => {
  while ((await number()) > 0);
  const before = (await wholeDatabase(owner_url)).toLowerCase()
  for (const table of ['contacts', 'support_accounts', 'left_addresses', 'change_requests', 'history', 'import_rows'])
    t.ok(
      new RegExp(`^public.${table} .*(?:服部|hattori|watarai)`, 'm').test(before),
      `${table} names the person before`,
    )
  for (const spelling of SPELLINGS) if (spelling !== 'ハットリ') t.ok(before.includes(spelling), spelling)
  const { status, text } = await erase()
  t.equal(status, 200, text)
  const after = (await wholeDatabase(owner_url)).toLowerCase()
  for (const spelling of SPELLINGS) t.notOk(after.includes(spelling), `${spelling}: ${lineWith(after, spelling)}`)
  t.match(after, /田所/, 'others stay')
  while ((await number()) > 0);
  t.equal((await verifyHistory(database)).broken, null, 'the chain holds')
})

t.test('R33: open requests about the person are withdrawn, and say so', async t => {
  for (const id of open_requests) t.match((await call('GET', `/v1/change-requests/${id}`)).body, { state: 'withdrawn' })
  const { items } = (await call('GET', '/v1/history?event=change_request.erased')).body
  t.ok(items.length >= 5)
})

t.test('R33: an import that waits registers no person who was erased; its other rows are taken', async t => {
  await runImport(context, open_import, new AbortController().signal)
  const { body } = await call('GET', `/v1/imports/${open_import}/rows`)
  t.match(body.items, [
    { line: 1, outcome: 'refused', problems: [{ errors: [{ code: 'person-erased' }] }] },
    { line: 2, outcome: 'skipped' },
  ])
  t.notMatch(JSON.stringify(body), /服部|hattori/i)
})

t.test('R33: the erasure asked for again answers the same', async t => {
  const once = await erase()
  clock.set('2026-09-01T00:00:00.000Z')
  t.strictSame((await erase()).body, once.body)
  t.equal(once.body.erased.length, 4)
  t.ok(once.body.change_request_ids.length >= 5)
})

t.test('R29, R33: the check of an erased address still says that it was registered, and names no person', async t => {
  const check = async (from: string) => (await call('POST', '/v1/sender-checks', { from })).body
  for (const from of ['Hattori.Ichiro@one.example.jp', 'HATTORI.OLD@one.example.jp']) {
    const found = await check(from)
    t.match(found, { authorised: false, reason: 'removed', people: [], contracts: [], account: null }, from)
    t.same(found.hints, [], 'and no name is hinted at')
  }
  t.match(await check('hattori.jiro@one.example.jp'), { reason: 'never_registered' })
  const elsewhere = { from: 'Hattori.Ichiro@one.example.jp', customer_id: 'two' }
  t.match((await call('POST', '/v1/sender-checks', elsewhere)).body, { reason: 'never_registered' }, 'of another')
})
