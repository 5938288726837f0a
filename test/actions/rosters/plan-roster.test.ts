import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const rosterOf = async (contract_id: string) => await call('GET', `/v1/contracts/${contract_id}/roster`)
const put = async (contract_id: string, body: object, tag?: string, headers = {}): Promise<Answer> =>
  await call('PUT', `/v1/contracts/${contract_id}/roster`, body, {
    ...(tag !== undefined && { 'if-match': tag }),
    ...headers,
  })
const planOf = async (contract_id: string, body: object, tag?: string): Promise<Answer> =>
  await call('POST', `/v1/contracts/${contract_id}/roster/plan`, body, {
    ...(tag !== undefined && { 'if-match': tag }),
  })

t.test('R27: a contract over its limit may be rearranged, not raised', async t => {
  await fillContract(call, 'over', 3, { product_id: 'data_link', connections: 2 })
  await putContract(call, 'over', { product_id: 'data_link', connections: 0 })
  const {
    body: {
      contacts: [a, b, c, d],
    },
  } = await rosterOf('over')
  const replaced = await put(
    'over',
    { contacts: [a, b, c, person({ family_name: '新田', email: 'new@over.example.jp' })] },
    '*',
  )
  t.match(replaced, { status: 200, body: { seats: { limit: 2, used: 4, over: 2 } } })
  t.match(
    await put(
      'over',
      { contacts: [...replaced.body.contacts, person({ family_name: '五', email: 'five@over.example.jp' })] },
      '*',
    ),
    { status: 409, body: { type: '/problems/seat-limit-reached', limit: 2, used: 4, over: 2 } },
  )
  t.match(await put('over', { contacts: [a, b, person({ family_name: '六', email: 'six@over.example.jp' })] }, '*'), {
    status: 200,
    body: { seats: { used: 3, over: 1 } },
  })
  t.type((await call('GET', `/v1/contacts/${d.contact_id}`)).body.removed_at, 'string')
})

t.test('R18, R21: a plan shows what becomes of accounts, and changes nothing', async t => {
  await fillContract(call, 'shown', 0)
  const shared = { email: 'desk@shown.example.jp', shared_mailbox: true }
  await register(call, 'shown', { ...shared, family_name: '佐藤' })
  await register(call, 'shown', { ...shared, family_name: '鈴木' })
  const {
    body: {
      contacts: [a, b, c],
    },
    headers,
  } = await rosterOf('shown')
  const before = await rowCounts(database)
  const plan = await planOf(
    'shown',
    {
      contacts: [
        { ...a, role: 'secondary', email: 'moved@shown.example.jp' },
        { ...b, role: 'primary' },
      ],
    },
    headers['etag'],
  )
  t.match(plan, {
    status: 200,
    body: {
      contract_id: 'shown',
      feasible: true,
      problems: [],
      added: [],
      removed: [{ contact_id: c.contact_id }],
      changed: [
        { contact_id: a.contact_id, fields: ['role', 'email'] },
        { contact_id: b.contact_id, fields: ['role'] },
      ],
      role_changes: [
        { contact_id: a.contact_id, before: 'primary', after: 'secondary' },
        { contact_id: b.contact_id, before: 'secondary', after: 'primary' },
      ],
      accounts: {
        opened: [],
        rekeyed: [{ account_id: a.account_id, before: a.email, after: 'moved@shown.example.jp' }],
        renamed: [{ account_id: b.account_id, before: '佐藤/鈴木', after: '佐藤 太郎' }],
        closed: [],
        residual_access: [{ account_id: b.account_id, contact_id: c.contact_id, name: '鈴木 太郎' }],
      },
      seats: { before: { used: 3 }, after: { used: 2 } },
    },
  })
  t.strictSame(await rowCounts(database), before)
  t.equal((await rosterOf('shown')).headers['etag'], headers['etag'])
})

t.test("a plan needs no If-Match, changes nothing, and has no tag that could be taken for the roster's", async t => {
  await fillContract(call, 'planned', 2)
  const before = await rowCounts(database)
  const plan = await planOf('planned', { contacts: [] })
  t.match(plan, {
    status: 200,
    headers: { etag: undefined, 'content-language': 'en' },
    body: { feasible: false, removed: { length: 3 }, problems: [{ type: '/problems/removals-unconfirmed' }] },
  })
  t.match(await planOf('planned', { contacts: [], confirm_removals: 3 }), { status: 200, body: { feasible: true } })
  t.match(await planOf('unplanned', { contacts: [] }), { status: 404 })
  t.strictSame(await rowCounts(database), before)
})
