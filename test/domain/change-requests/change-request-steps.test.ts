import t from 'tap'
import { APPROVED, ASKED, OPERATOR, READY, SCHEDULED, UNAPPROVED, UNCONFIRMED } from './change-request-facts.ts'
import { primary } from '../rosters/roster-facts.ts'
import {
  changedRequest,
  failedRequest,
  lapsedRequest,
  rejectedRequest,
  unconfirmedNow,
  unconfirmedRequest,
  withdrawnRequest,
} from '#domain/change-requests/change-request-steps.ts'
import { NOT_APPROVED } from '#domain/change-requests/change-request.ts'
import {
  now,
  MAY_APPLY,
  MAY_NOT_APPLY,
  SETTLED,
  TO_CONFIRM,
  OWN,
  WAITING,
  inOtherStates,
  conflict,
  refusalOf,
  file,
  confirm,
  approve,
  apply,
  needs_primary_confirmation,
  needs_approval,
  ready,
  scheduled,
  CLOSED,
} from './change-request-step-facts.ts'

t.test('R24, R25: a filed request waits for the primary, then for an approval, then for its day', async t => {
  const onADay = { ...ASKED, effective_on: '2027-04-01' }
  const waiting = { state: 'needs_primary_confirmation', needs_confirmation: ['concerns_contract'] }
  t.match(file(onADay, MAY_NOT_APPLY, TO_CONFIRM), { ...waiting, ...NOT_APPROVED })
  t.match(file(onADay, MAY_APPLY, TO_CONFIRM), { ...waiting, ...OWN })
  t.match(file(onADay, MAY_NOT_APPLY), { state: 'needs_approval', ...NOT_APPROVED, confirmation: null })
  t.match(file(onADay, MAY_APPLY), { state: 'scheduled', ...OWN, closed_at: null, refusals: [] })
  for (const client of [MAY_APPLY, MAY_NOT_APPLY])
    t.match(file({ ...ASKED, effective_on: null }, client), { state: 'ready', ...NOT_APPROVED })
})

t.test('R24, R25: only what needs an approval is approved', async t => {
  t.match(approve(UNAPPROVED), { state: 'scheduled', ...OWN })
  t.match(approve(SCHEDULED, { holds: false }), { state: 'scheduled', ...OWN }, 'its approval no longer holds')
  for (const request of [UNCONFIRMED, UNAPPROVED])
    t.strictSame(
      refusalOf(() => approve(request, { standing: TO_CONFIRM })),
      { ...WAITING, primary_contact_id: 'a' },
    )
  for (const request of inOtherStates('needs_primary_confirmation', 'needs_approval'))
    t.strictSame(
      refusalOf(() => approve(request)),
      conflict(request),
      request.state,
    )
})

t.test('R24: a scheduled request whose approval no longer holds waits for another one', async t => {
  t.strictSame(lapsedRequest(SCHEDULED, SETTLED), { ...SCHEDULED, state: 'needs_approval', ...NOT_APPROVED })
})

t.test('R25: a scheduled request waits for the primary where the roster has changed so', async t => {
  t.equal(unconfirmedRequest(SCHEDULED, SETTLED), undefined)
  t.match(unconfirmedRequest(SCHEDULED, TO_CONFIRM), {
    state: 'needs_primary_confirmation',
    needs_confirmation: ['concerns_contract'],
    ...APPROVED,
  })
})

t.test('R24, R25: nothing is applied before it is confirmed and approved, before its day, or twice', async t => {
  t.strictSame(apply(READY), { ...READY, state: 'applied', closed_at: now })
  for (const today of ['2025-04-01', '2025-04-02'])
    t.match(apply(SCHEDULED, { today, rights: null }), { state: 'applied', ...APPROVED })
  t.strictSame(
    refusalOf(() => apply(SCHEDULED, { today: '2025-03-31' })),
    conflict(SCHEDULED),
  )
  for (const request of [UNCONFIRMED, READY])
    t.strictSame(
      refusalOf(() => apply(request, { standing: TO_CONFIRM })),
      { ...WAITING, primary_contact_id: 'a' },
    )
  t.strictSame(
    refusalOf(() => apply(UNCONFIRMED, { standing: { ...TO_CONFIRM, contacts: [] } })),
    WAITING,
  )
  t.match(apply(UNCONFIRMED), { state: 'applied', needs_confirmation: [] }, 'by now the requester is the primary')
  for (const request of [UNAPPROVED, ...Object.values(CLOSED)])
    t.strictSame(
      refusalOf(() => apply(request)),
      conflict(request),
      request.state,
    )
})

t.test('R25: a confirmation holds when the role goes over, but for what touches the primary', async t => {
  const confirmed = confirm(UNCONFIRMED)
  const standing = { contacts: [primary('b')], reasons: ['concerns_contract' as const] }
  t.match(apply(confirmed, { standing }), { state: 'applied' })
  const touching = { ...standing, reasons: ['concerns_contract' as const, 'concerns_primary' as const] }
  t.match(
    refusalOf(() => apply(confirmed, { standing: touching })),
    {
      ...WAITING,
      needs_confirmation: ['concerns_contract', 'concerns_primary'],
      primary_contact_id: 'b',
    },
  )
  t.match(unconfirmedNow(confirmed, touching), [{ type: 'confirmation-required', primary_contact_id: 'b' }])
  t.strictSame(unconfirmedNow(confirmed, standing), [])
  t.strictSame(unconfirmedNow(UNCONFIRMED, TO_CONFIRM), [], 'its state says so')
})

t.test('R24, R25: a request that is changed is filed again, where that matters', async t => {
  const confirmed = confirm({ ...UNCONFIRMED, effective_on: '2025-04-01', ...APPROVED })
  const asked = { ...confirmed, subject: 'x' }
  const step = { standing: TO_CONFIRM, rights: MAY_APPLY, now }
  t.strictSame(changedRequest(confirmed, asked, { ...step, is_filed_again: false }), {
    ...confirmed,
    subject: 'x',
    filed_by: [...ASKED.filed_by, OPERATOR],
  })
  const again = changedRequest(confirmed, { ...asked, filed_by: [OPERATOR] }, { ...step, is_filed_again: true })
  t.match(again, { state: 'needs_primary_confirmation', confirmation: null, ...OWN })
  const own = { ...confirmed, filed_by: [OPERATOR] }
  t.strictSame(changedRequest(own, own, { ...step, is_filed_again: false }).filed_by, [OPERATOR], 'each once')
})

t.test('R24: what the rules forbid on its day fails with its reasons', async t => {
  const refusals = [{ type: 'email-taken' as const }]
  t.strictSame(failedRequest(SCHEDULED, refusals, now), { ...SCHEDULED, state: 'failed', refusals, closed_at: now })
})

t.test('R24: every open request can be rejected and withdrawn, and none that has come to its end', async t => {
  for (const request of [needs_primary_confirmation, needs_approval, ready, scheduled]) {
    t.strictSame(rejectedRequest(request, 'x', now), { ...request, state: 'rejected', reason: 'x', closed_at: now })
    t.strictSame(withdrawnRequest(request, null, now), { ...request, state: 'withdrawn', closed_at: now })
  }
  for (const request of Object.values(CLOSED)) {
    t.strictSame(
      refusalOf(() => rejectedRequest(request, 'x', now)),
      conflict(request),
      request.state,
    )
    t.strictSame(
      refusalOf(() => withdrawnRequest(request, null, now)),
      conflict(request),
      request.state,
    )
  }
})
