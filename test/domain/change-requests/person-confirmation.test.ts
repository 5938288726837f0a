import t from 'tap'
import type { Confirmation, OpenChangeRequest } from '#domain/change-requests/change-request.ts'
import {
  confirmationOf,
  outstandingContracts,
  outstandingReasons,
  type ConfirmerInput,
  type Standing,
} from '#domain/change-requests/confirmation.ts'
import { assertConfirmed } from '#domain/change-requests/missing-confirmation.ts'
import type { Refusal, RefusedError } from '#domain/refusal.ts'
import { ASKED, READY, UNCONFIRMED } from './change-request-facts.ts'
import { MAY_OVERRIDE, now, SAID } from './change-request-step-facts.ts'
import { contact, primary } from '../rosters/roster-facts.ts'

const [a, b] = [primary('a'), primary('b')]
const contracts = [
  { contract_id: 'C-1', primary_contact_id: 'a', reasons: ['concerns_primary'] as const },
  { contract_id: 'C-2', primary_contact_id: 'b', reasons: ['requester_not_registered', 'concerns_primary'] as const },
  { contract_id: 'C-3', primary_contact_id: null, reasons: [] },
]
const STANDING: Standing = {
  contacts: [a, b],
  reasons: ['requester_not_registered', 'concerns_primary'],
  contracts,
}
const asked = { ...ASKED, contract_id: null }
const confirm = (confirmed_by: ConfirmerInput, confirmations: Confirmation[] = []) =>
  confirmationOf({ ...asked, confirmations }, { ...SAID, reason: 'x', confirmed_by }, STANDING, MAY_OVERRIDE, now)
const [A, B] = [{ contact_id: 'a' }, { contact_id: 'b' }]

t.test('R25: the primary of each contract confirms a person change for it', async t => {
  const ofB = confirm(B)
  t.match(ofB, { confirmed_by: { is_primary: true }, contracts: [{ contract_id: 'C-2', primary_contact_id: 'b' }] })
  t.strictSame(outstandingContracts({ confirmations: [ofB] }, STANDING), [contracts[0]])
  t.strictSame(outstandingReasons({ confirmation: null, confirmations: [ofB] }, STANDING), ['concerns_primary'])
  t.strictSame(outstandingReasons({ confirmation: null }, STANDING), STANDING.reasons)
  t.strictSame(outstandingContracts({}, { contacts: [], reasons: [] }), [], 'a request of one contract has none')
  const all = [ofB, confirm(A)]
  t.strictSame(outstandingReasons({ confirmation: null, confirmations: all }, STANDING), [])
  const { contracts: _own, ...single } = ofB
  t.strictSame(outstandingContracts({ confirmations: [single] }, STANDING), contracts.slice(0, 2), 'of one contract')
})

t.test('R25: a confirmation stays when the role goes over, but for what touches the primary', async t => {
  const moved = { ...STANDING, contracts: [{ ...contracts[1]!, primary_contact_id: 'c' }] }
  t.strictSame(outstandingReasons({ confirmation: null, confirmations: [confirm(B)] }, moved), ['concerns_primary'])
})

t.test('R25: another person confirms for all contracts, and where nothing is left for none', async t => {
  const other = { name: '中村 葵', position: null }
  t.match(confirm(other), { primary_contact_id: 'a', contracts: [{ contract_id: 'C-1' }, { contract_id: 'C-2' }] })
  t.match(confirm(other, [confirm(A), confirm(B)]), { primary_contact_id: null, contracts: [] })
})

t.test('R25: no contact of the requester confirms the own request, on whichever contract', async t => {
  const [own, elsewhere] = ['c', 'd'].map(id => ({ ...contact(id), email_key: 'c@example.jp', family_name: '佐藤' }))
  const standing = { ...STANDING, contacts: [a, b, own!, elsewhere!] }
  const request = { ...asked, requested_by: { ...ASKED.requested_by, contact_id: 'c' }, confirmations: [] }
  const said = { ...SAID, reason: 'x', confirmed_by: { contact_id: 'd' } }
  const refusals: unknown[] = []
  try {
    confirmationOf(request, said, standing, MAY_OVERRIDE, now)
  } catch (error) {
    refusals.push(...(error as RefusedError).refusals)
  }
  t.match(refusals, [{ type: 'invalid-value', errors: [{ pointer: '#/confirmed_by', code: 'own-request' }] }])
})

function refusalsOf(request: OpenChangeRequest | undefined, standing: Standing): readonly Refusal[] {
  try {
    assertConfirmed(request, standing)
  } catch (error) {
    return (error as RefusedError).refusals
  }
  return []
}

t.test('R25: what waits is refused with each contract whose primary is to be asked', async t => {
  t.strictSame(refusalsOf(READY, STANDING), [])
  t.strictSame(refusalsOf(undefined, STANDING), [])
  const waiting = { ...UNCONFIRMED, contract_id: null }
  t.match(refusalsOf(waiting, STANDING), [
    { type: 'confirmation-required', contract_id: 'C-1', primary_contact_id: 'a' },
    { type: 'confirmation-required', contract_id: 'C-2', primary_contact_id: 'b' },
  ])
  t.strictSame(refusalsOf(waiting, { ...STANDING, contracts: [] }), [])
  const withoutContacts = { ...STANDING, contacts: [] }
  t.match(refusalsOf(UNCONFIRMED, withoutContacts), [{ contract_id: 'C-1' }])
})
