import t from 'tap'
import { newcomer } from '../../helpers/change-requests.ts'
import { person, putContract, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call, callWith } = await testService(t)
const STRANGER = { name: '謎 次郎', email: 'nazo@example.jp', channel: 'mail' }

/** What the last entry of a contract's history says of who asked, and how the change came. */
async function lastOf(contract_id: string): Promise<object> {
  const [{ requested_by, source, event }] = (await call('GET', `/v1/contracts/${contract_id}/history`)).body.items
  return { requested_by, source, event }
}

/** A contract whose primary and secondary share a mailbox. */
async function sharedContract(contract_id: string): Promise<{ ito: any; sato: any; desk: string }> {
  const desk = `desk@${contract_id}.example.jp`
  await putContract(call, contract_id)
  const ito = await register(call, contract_id, {
    role: 'primary',
    family_name: '伊藤',
    given_name: '花子',
    email: desk,
  })
  const sato = await register(call, contract_id, {
    family_name: '佐藤',
    given_name: '次郎',
    email: desk,
    shared_mailbox: true,
  })
  return { ito, sato, desk }
}

t.test('R25: who asked is recorded on every way, and no person is recorded as another', async t => {
  const { ito, sato, desk } = await sharedContract('shared')
  const requested_by = { channel: 'mail', email: desk, name: '佐藤', ticket: 'T-7' }
  const recorded = { contact_id: sato.contact_id, ...requested_by }
  const direct = { requested_by: recorded, source: 'direct' }
  t.match(
    await call('POST', '/v1/contracts/shared/contacts', { ...person({ email: 'x@shared.example.jp' }), requested_by }),
    { status: 201 },
  )
  t.match(await lastOf('shared'), direct)
  const patched = await call('PATCH', `/v1/contacts/${sato.contact_id}`, { duties: ['system'], requested_by })
  t.match(patched, { status: 200, body: { duties: ['system'] } })
  t.notOk('requested_by' in patched.body)
  t.match(await lastOf('shared'), { ...direct, event: 'contact.changed' })
  const { body: roster, headers } = await call('GET', '/v1/contracts/shared/roster')
  const [, , third] = roster.contacts
  const contacts = [{ ...third, duties: ['contract'] }, ...roster.contacts.slice(0, 2)]
  const list = { contacts, requested_by }
  t.match(await call('POST', '/v1/contracts/shared/roster/plan', list), { body: { feasible: true } })
  t.match(await call('PUT', '/v1/contracts/shared/roster', list, { 'if-match': headers['etag']! }), { status: 200 })
  t.match(await lastOf('shared'), { ...direct, event: 'contact.changed' })
  const query = `requester_contact_id=${sato.contact_id}&channel=phone&ticket=T-8`
  t.equal((await call('DELETE', `/v1/contacts/${third.contact_id}?${query}`)).status, 204)
  t.match((await call('GET', `/v1/contacts/${third.contact_id}/history`)).body.items[0], {
    event: 'contact.removed',
    requested_by: { contact_id: sato.contact_id, channel: 'phone', ticket: 'T-8', name: null, email: null },
  })
  const of_ito = { channel: 'phone', contact_id: ito.contact_id }
  t.match(
    await call('PUT', '/v1/contracts/shared/primary', { contact_id: sato.contact_id, requested_by: of_ito }),
    { status: 200 },
    'the primary asks',
  )
  t.match(await lastOf('shared'), { requested_by: of_ito })
})

t.test('R25: a form says who asked, and its entries how they came', async t => {
  await putContract(call, 'form')
  const form = {
    form_version: '2022-10',
    privacy_notice_version: '2025-10',
    contacts: [person({ role: 'primary', email: 'a@form.example.jp' })],
    requested_by: STRANGER,
  }
  t.match(
    await call('POST', '/v1/contracts/form/application-form', form),
    { status: 201 },
    'no person is there to confirm',
  )
  for (const entry of (await call('GET', '/v1/contracts/form/history')).body.items.slice(0, 3))
    t.match(entry, { source: 'application_form', requested_by: { ...STRANGER, contact_id: null } })
})

t.test('R25: what billing, the catalogue and no person at a customer asked for says so', async t => {
  await putContract(call, 'fed')
  t.match(await lastOf('fed'), { source: 'direct', requested_by: null })
  const product = (await call('GET', '/v1/products/erp_hosting')).body
  await putContract(call, 'moved', { product_id: 'erp_hosting' })
  await call('PUT', '/v1/products/erp_hosting', { ...product, base_seats: 3 })
  t.match(await lastOf('moved'), { source: 'catalogue', event: 'contract.seats_changed' })
})

t.test('R25: a stranger and a secondary change nothing that the primary has to confirm', async t => {
  const { ito, sato, desk } = await sharedContract('guarded')
  const by_sato = { channel: 'mail', email: desk, name: '佐藤 次郎' }
  const by_nobody = { channel: 'mail', email: desk, name: '謎 次郎' }
  const to_confirm = (reason: string, operations: object[], requested_by: object): object => ({
    status: 409,
    body: {
      type: '/problems/confirmation-required',
      primary_contact_id: ito.contact_id,
      needs_confirmation: [reason],
      next: { method: 'POST', path: '/v1/change-requests', body: { contract_id: 'guarded', operations, requested_by } },
    },
  })
  const refused = [
    [
      await call('POST', '/v1/contracts/guarded/contacts', {
        ...person({ email: desk, shared_mailbox: true }),
        requested_by: by_nobody,
      }),
      to_confirm('requester_not_registered', [{ op: 'add', contact: { family_name: '山田' } }], by_nobody),
    ],
    [
      await call('PUT', '/v1/contracts/guarded/primary', {
        contact_id: sato.contact_id,
        former_primary: 'removed',
        requested_by: by_sato,
      }),
      to_confirm('concerns_primary', [{ op: 'make_primary', former_primary: 'removed' }], by_sato),
    ],
    [
      await call('PATCH', `/v1/contacts/${ito.contact_id}`, {
        email: 'elsewhere@guarded.example.jp',
        requested_by: by_sato,
      }),
      to_confirm('concerns_primary', [{ op: 'update', changes: { email: 'elsewhere@guarded.example.jp' } }], by_sato),
    ],
  ] as const
  for (const [answer, expected] of refused) {
    t.match(answer, expected)
    const filed = await call('POST', '/v1/change-requests', answer.body.next.body)
    t.match(filed, { status: 201, body: { state: 'needs_primary_confirmation', plan: { feasible: true } } })
  }
  t.match(await call('DELETE', `/v1/contacts/${ito.contact_id}?requester_contact_id=${sato.contact_id}&channel=web`), {
    status: 409,
    body: { type: '/problems/primary-required', problems: [{}, { type: '/problems/confirmation-required' }] },
  })
  const { body: roster } = await call('GET', '/v1/contracts/guarded/roster')
  t.strictSame(
    roster.contacts.map(({ family_name, role }: any) => [family_name, role]),
    [
      ['伊藤', 'primary'],
      ['佐藤', 'secondary'],
    ],
    'nothing has changed',
  )
  t.match(await call('POST', '/v1/contracts/guarded/roster/plan', { contacts: [], requested_by: STRANGER }), {
    body: { feasible: false, problems: [{}, { type: '/problems/confirmation-required' }] },
  })
})

t.test('R25: of several people who may have asked, the answer names them to who may read contacts', async t => {
  const { ito, sato, desk } = await sharedContract('either')
  const body = { duties: ['system'], requested_by: { channel: 'mail', email: desk } }
  const candidates = [{ contact_id: ito.contact_id }, { contact_id: sato.contact_id }]
  const ambiguous = { status: 422, body: { type: '/problems/requester-ambiguous' } }
  const answer = await call('PATCH', `/v1/contacts/${sato.contact_id}`, body)
  t.match(answer, { ...ambiguous, body: { candidates } })
  const blind = await callWith('contacts:write')('PATCH', `/v1/contacts/${sato.contact_id}`, body)
  t.match(blind, ambiguous)
  t.notOk('candidates' in blind.body)
  const request = { contract_id: 'either', operations: [newcomer('either')], requested_by: body.requested_by }
  t.match(await call('POST', '/v1/change-requests', request), ambiguous)
})
