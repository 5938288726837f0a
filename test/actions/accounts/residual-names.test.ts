import t from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { historyOf } from '../../helpers/history.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)
const read = async (account_id: string): Promise<any> => (await call('GET', `/v1/support-accounts/${account_id}`)).body
const patch = async ({ contact_id }: { contact_id: string }, fields: object, request_id: string) =>
  await call('PATCH', `/v1/contacts/${contact_id}`, fields, { 'request-id': request_id })

t.test('R21, R37: an account tells by an event that somebody who left it has another name', async t => {
  await putContract(call, 'left')
  const shared = { email: 'desk@left.example.jp', shared_mailbox: true }
  await register(call, 'left', { ...shared, role: 'primary' })
  const ito = await register(call, 'left', { ...shared, family_name: '伊藤' })
  await patch(ito, { email: 'ito@left.example.jp' }, 'leaves')
  const before = await read(ito.account_id)
  t.match(before.residual_access, [{ contact_id: ito.contact_id, name: '伊藤 太郎' }])
  await patch(ito, { family_name: '江藤' }, 'renamed')
  const after = await read(ito.account_id)
  t.match(after.residual_access, [{ contact_id: ito.contact_id, name: '江藤 太郎' }])
  const entries = (await historyOf(database, 'renamed')).filter(({ subject_id }: any) => subject_id === ito.account_id)
  t.match(entries, [{ event: 'support_account.changed', customer_id: 'customer-1', before, after }])
  await patch(ito, { duties: ['system'] }, 'duties')
  t.equal((await historyOf(database, 'duties')).length, 1, 'only a name is looked for')
})

t.test('R21, R37: nothing is said of an account that is closed, because it names nobody', async t => {
  await putContract(call, 'closed')
  const shared = { email: 'desk@closed.example.jp', shared_mailbox: true }
  const primary = await register(call, 'closed', { ...shared, role: 'primary' })
  const ito = await register(call, 'closed', { ...shared, family_name: '伊藤' })
  await patch(ito, { email: 'ito@closed.example.jp' }, 'leaves')
  const successor = { contact_id: ito.contact_id, former_primary: 'removed' }
  await call('PUT', '/v1/contracts/closed/primary', successor)
  t.match(await read(primary.account_id), { state: 'closed', residual_access: [] })
  await patch(ito, { family_name: '江藤' }, 'unsaid')
  const subjects = (await historyOf(database, 'unsaid')).map(({ subject_id }: any) => subject_id)
  t.notOk(subjects.includes(primary.account_id))
})
