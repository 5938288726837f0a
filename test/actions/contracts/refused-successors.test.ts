import t from 'tap'
import { fillContract, person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)
const handOver = async (contract_id: string, body: unknown, headers = {}) =>
  await call('PUT', `/v1/contracts/${contract_id}/primary`, body, headers)

t.test('a contact that is not of the contract is named as unknown, also one that was removed', async t => {
  const [, removed] = await fillContract(call, 'mine', 1)
  await call('DELETE', `/v1/contacts/${removed.contact_id}`)
  const [other] = await fillContract(call, 'not-mine', 0, { customer_id: 'customer-2' })
  for (const { contact_id } of [removed, other, { contact_id: '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90' }]) {
    const refused = await handOver('mine', { contact_id })
    t.match(refused, {
      status: 422,
      body: {
        type: '/problems/unknown-reference',
        references: [{ resource: 'contact', id: contact_id, pointer: '#/contact_id' }],
      },
    })
    t.notMatch(refused.text, /not-mine|customer-2/)
  }
  t.match(await handOver('nowhere', { contact_id: other.contact_id }), {
    status: 404,
    body: { type: '/problems/not-found' },
  })
})

t.test('R14, R19, R20: the rules of registration hold for a new person, with pointers to their places', async t => {
  await putContract(call, 'rules')
  await register(call, 'rules', { role: 'primary', email: 'rules@example.jp' })
  await putContract(call, 'theirs', { customer_id: 'customer-2' })
  await register(call, 'theirs', { role: 'primary', email: 'theirs@example.jp' })
  t.match(await handOver('rules', { new_contact: person({ family_name: '山田/伊藤' }) }), {
    status: 422,
    body: { pointer: '#/new_contact/family_name' },
  })
  t.match(await handOver('rules', { new_contact: person({ email: 'nobody' }) }), {
    status: 400,
    body: { errors: [{ pointer: '#/new_contact/email', code: 'invalid-address' }] },
  })
  const second = await register(call, 'rules', { family_name: '副', email: 'second@rules.example.jp' })
  t.match(await handOver('rules', { new_contact: person({ family_name: '副', email: 'second@rules.example.jp' }) }), {
    status: 409,
    body: { type: '/problems/duplicate-contact', contact_id: second.contact_id },
  })
  t.match(await handOver('rules', { new_contact: person({ email: 'theirs@example.jp' }) }), {
    status: 409,
    body: { type: '/problems/email-taken' },
  })
})

t.test('exactly one successor has to be named', async t => {
  const [primary] = await fillContract(call, 'exactly', 0)
  for (const [body, pointer, code] of [
    [{}, '#', 'one-of'],
    [{ former_primary: 'removed' }, '#', 'one-of'],
    [{ contact_id: primary.contact_id, new_contact: person() }, '#', 'one-of'],
    [{ contact_id: 'x' }, '#/contact_id', 'too-short'],
    [{ new_contact: person({ role: 'primary' }) }, '#/new_contact/role', 'unknown-field'],
    [{ contact_id: primary.contact_id, former_primary: 'gone' }, '#/former_primary', 'not-allowed'],
    [{ contact_id: null }, '#', 'one-of'],
    [{ contact_id: null, new_contact: null }, '#', 'one-of'],
  ] as const) {
    const refused = await handOver('exactly', body)
    t.ok(
      refused.status === 400 &&
        refused.body.errors.some((error: any) => error.pointer === pointer && error.code === code),
      refused.text,
    )
  }
})
