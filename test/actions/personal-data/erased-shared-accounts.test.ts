import t, { type Test } from 'tap'
import { putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'
import { lineWith, wholeDatabase } from '../../helpers/whole-database.ts'

const { call, owner_url } = await testService(t)

const ichiro = { family_name: '堀口', given_name: '一郎' }
const jiro = { family_name: '桜庭', given_name: '二郎' }

/** A contract with a primary, and one contact at a mailbox that another person had before. */
async function mailboxOfTwo(name: string, [first, second]: object[]) {
  const contract_id = name
  await putContract(call, contract_id)
  const email = `desk@${name}.example.jp`
  await register(call, contract_id, { role: 'primary', email: `primary@${name}.example.jp` })
  const former = await register(call, contract_id, { ...first, email })
  await call('DELETE', `/v1/contacts/${former.contact_id}`)
  const present = await register(call, contract_id, { ...second, email })
  t.equal(present.account_id, former.account_id, 'one mailbox, one account')
  return { former, present, account: `/v1/support-accounts/${present.account_id}` }
}

/** A contract with two people at one mailbox, at the same time. */
async function togetherAt(contract_id: string) {
  await putContract(call, contract_id)
  const email = `desk@${contract_id}.example.jp`
  await register(call, contract_id, { role: 'primary', email: `primary@${contract_id}.example.jp` })
  const { contact_id: former } = await register(call, contract_id, { ...jiro, email })
  const { contact_id: present, account_id } = await register(call, contract_id, {
    ...ichiro,
    email,
    shared_mailbox: true,
  })
  return { contract_id, former, present, account: account_id } as Record<string, string>
}

async function leaveAndErase(t: Test, contact_id: string) {
  await call('DELETE', `/v1/contacts/${contact_id}`)
  const { status, text } = await call('POST', '/v1/personal-data-erasures', {
    contact_ids: [contact_id],
    reason: 'requested',
  })
  t.equal(status, 200, text)
}

t.test('R33: an account of two people keeps their address while one of them is not erased', async t => {
  const { present, account } = await mailboxOfTwo('two', [jiro, ichiro])
  await leaveAndErase(t, present.contact_id as string)
  const { body } = await call('GET', account)
  t.equal(body.email, 'desk@two.example.jp')
})

t.test('R33: an address that only the erased person had goes from an account that another had before', async t => {
  const { former, present, account } = await mailboxOfTwo('moved', [jiro, ichiro])
  const changed = await call('PATCH', `/v1/contacts/${present.contact_id}`, { email: 'horiguchi@moved.example.jp' })
  t.equal(changed.status, 200, changed.text)
  t.match((await call('GET', account)).body, { email: 'horiguchi@moved.example.jp' }, 'the account went along')
  await leaveAndErase(t, present.contact_id as string)
  t.match((await call('GET', account)).body, { email: null })
  const after = (await wholeDatabase(owner_url)).toLowerCase()
  t.notOk(after.includes('horiguchi'), lineWith(after, 'horiguchi'))
  t.ok(after.includes('desk@moved.example.jp'), 'the address of the other stays')
  const restored = await call('POST', `/v1/contacts/${former.contact_id}/restore`, {})
  t.match(restored, { status: 201, body: { name: '桜庭 二郎', email: 'desk@moved.example.jp' } })
  t.not(restored.body.account_id, present.account_id)
})

t.test('R33: so does one that it got after the other had gone to an account of their own', async t => {
  const { contract_id, former, present = '', account } = await togetherAt('apart')
  t.equal((await call('PATCH', `/v1/contacts/${former}`, { email: 'sakuraba@apart.example.jp' })).status, 200)
  const own = await call('PATCH', `/v1/contacts/${present}`, { email: 'horiguchi@apart.example.jp' })
  t.equal(own.body.account_id, account, 'the account went along')
  await leaveAndErase(t, present)
  t.match((await call('GET', `/v1/support-accounts/${account}`)).body, { email: null })
  const after = (await wholeDatabase(owner_url)).toLowerCase()
  t.notOk(after.includes('horiguchi'), lineWith(after, 'horiguchi'))
  const { items } = (await call('GET', `/v1/contracts/${contract_id}/history`)).body
  t.match(JSON.stringify(items), /desk@apart[.]example[.]jp/, 'the address that both had stays')
})

t.test('R33: an account that went with another person to their address stays theirs', async t => {
  const { former = '', present, account } = await togetherAt('theirs')
  await call('DELETE', `/v1/contacts/${former}`)
  await call('PATCH', `/v1/contacts/${present}`, { email: 'horiguchi@theirs.example.jp' })
  await call('DELETE', `/v1/contacts/${present}`)
  await leaveAndErase(t, former)
  t.match((await call('GET', `/v1/support-accounts/${account}`)).body, { email: 'horiguchi@theirs.example.jp' })
})
