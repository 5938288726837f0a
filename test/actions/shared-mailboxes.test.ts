import t from 'tap'
import { putContract, register } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'

const { call } = await testService(t)

t.test('R21: somebody who comes back to a shared mailbox under another name is nobody who left it', async t => {
  await putContract(call, 'married')
  await register(call, 'married', { role: 'primary', email: 'desk@married.example.jp', shared_mailbox: true })
  const { contact_id, account_id } = await register(call, 'married', {
    family_name: '伊藤',
    given_name: '花子',
    email: 'desk@married.example.jp',
    shared_mailbox: true,
  })
  await call('PATCH', `/v1/contacts/${contact_id}`, { email: 'hanako@married.example.jp' })
  t.match((await call('GET', `/v1/support-accounts/${account_id}`)).body, {
    residual_access: [{ contact_id, name: '伊藤 花子' }],
  })
  await call('PATCH', `/v1/contacts/${contact_id}`, { family_name: '佐藤', email: 'desk@married.example.jp' })
  t.strictSame((await call('GET', `/v1/support-accounts/${account_id}`)).body.residual_access, [])
})

t.test(
  'R20, R28: what changes without a new address is not refused for another customer who has the address by now',
  async t => {
    await putContract(call, 'former', { customer_id: 'former' })
    const { contact_id } = await register(call, 'former', {
      role: 'primary',
      email: 'desk@handed-on.example.jp',
      shared_mailbox: true,
    })
    await putContract(call, 'former', { customer_id: 'former', ends_on: '2026-03-31' })
    await putContract(call, 'latter', { customer_id: 'latter' })
    await register(call, 'latter', { role: 'primary', email: 'desk@handed-on.example.jp' })
    t.match(await call('PATCH', `/v1/contacts/${contact_id}`, { shared_mailbox: false }), {
      status: 200,
      body: { shared_mailbox: false },
    })
  },
)
