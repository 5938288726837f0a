import t from 'tap'
import {
  APPROVED,
  ASKED,
  IN_EACH_STATE,
  OPERATOR,
  READY,
  SCHEDULED,
  UNAPPROVED,
  UNCONFIRMED,
} from './change-request-facts.ts'
import { primary } from './roster-facts.ts'
import {
  appliedRequest,
  approvedRequest,
  confirmedRequest,
  failedRequest,
  filedRequest,
  lapsedRequest,
  rejectedRequest,
  withdrawnRequest,
} from '#domain/change-request-steps.ts'
import { NOT_APPROVED, type ChangeRequest } from '#domain/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { ChangeRequestState } from '#domain/vocabulary.ts'

const now = '2025-03-03T00:00:00.000Z'
const a = primary('a')
const rights = (...scopes: string[]) => ({ authority: OPERATOR, scopes: new Set(scopes) })
const MAY_APPLY = rights('contacts:write')
const MAY_NOT_APPLY = rights('requests:write', 'requests:confirm')
const OWN = { approved_by: OPERATOR, approved_at: now }
const WAITING = {
  type: 'confirmation-required',
  change_request_id: 'R-1',
  contract_id: 'C-1',
  needs_confirmation: ['concerns_contract'],
}

const { needs_primary_confirmation, needs_approval, ready, scheduled, ...CLOSED } = IN_EACH_STATE
/** The requests in all states but these. */
const inOtherStates = (...states: ChangeRequestState[]): ChangeRequest[] =>
  Object.values(IN_EACH_STATE).filter(({ state }) => !states.includes(state))
const conflict = ({ state, effective_on }: ChangeRequest): Refusal => ({
  type: 'state-conflict',
  change_request_id: 'R-1',
  state,
  effective_on,
})
/** What a step refuses with; undefined where it refuses nothing. */
function refusalOf(step: () => unknown): Refusal | undefined {
  try {
    step()
    return undefined
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return error.refusals[0]
  }
}

t.test('R24, R25: a filed request waits for the primary, then for an approval, then for its day', async t => {
  const onADay = { ...ASKED, effective_on: '2027-04-01' }
  const toConfirm = { ...onADay, needs_confirmation: ['concerns_contract' as const] }
  t.match(filedRequest(toConfirm, MAY_NOT_APPLY, now), { state: 'needs_primary_confirmation', ...NOT_APPROVED })
  t.match(filedRequest(toConfirm, MAY_APPLY, now), { state: 'needs_primary_confirmation', ...OWN })
  t.match(filedRequest(onADay, MAY_NOT_APPLY, now), { state: 'needs_approval', ...NOT_APPROVED, confirmation: null })
  t.match(filedRequest(onADay, MAY_APPLY, now), { state: 'scheduled', ...OWN, closed_at: null, refusals: [] })
  for (const anybody of [MAY_APPLY, MAY_NOT_APPLY])
    t.match(filedRequest({ ...ASKED, effective_on: null }, anybody, now), { state: 'ready', ...NOT_APPROVED })
})

t.test('R25: only the primary confirms, and only what waits for it', async t => {
  const confirmed_by = { contact_id: 'a', channel: 'phone', ticket: null } as const
  const confirm = (request: ChangeRequest, by: Contact | null = a, caller = MAY_NOT_APPLY) =>
    confirmedRequest(request, confirmed_by, { primary: by ?? undefined, client: 'help-desk', rights: caller, now })
  t.match(confirm(UNCONFIRMED), {
    state: 'ready',
    confirmation: { ...confirmed_by, name: a.family_name, confirmed_at: now, client: 'help-desk' },
  })
  t.strictSame(
    refusalOf(() => confirm(UNCONFIRMED, primary('b'))),
    { ...WAITING, primary_contact_id: 'b' },
  )
  t.strictSame(
    refusalOf(() => confirm(UNCONFIRMED, null)),
    WAITING,
  )
  for (const request of inOtherStates('needs_primary_confirmation'))
    t.strictSame(
      refusalOf(() => confirm(request)),
      conflict(request),
      request.state,
    )

  const onADay = { ...UNCONFIRMED, effective_on: '2025-04-01' }
  t.match(confirm(onADay), { state: 'needs_approval', ...NOT_APPROVED }, 'a confirmation approves nothing')
  t.match(confirm({ ...onADay, ...APPROVED }), { state: 'scheduled', ...APPROVED }, 'and takes no approval away')
  t.match(confirm(onADay, a, MAY_APPLY), { state: 'scheduled', ...OWN })
})

const approve = (request: ChangeRequest, approval_holds = true) =>
  approvedRequest(request, { primary: a, approval_holds, rights: MAY_APPLY, now })

t.test('R24, R25: only what needs an approval is approved', async t => {
  t.match(approve(UNAPPROVED), { state: 'scheduled', ...OWN })
  t.match(approve(SCHEDULED, false), { state: 'scheduled', ...OWN }, 'its approval no longer holds')
  t.strictSame(
    refusalOf(() => approve(UNCONFIRMED)),
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
  t.strictSame(lapsedRequest(SCHEDULED), { ...SCHEDULED, state: 'needs_approval', ...NOT_APPROVED })
})

t.test('R24, R25: nothing is applied before it is confirmed and approved, before its day, or twice', async t => {
  const apply = (request: ChangeRequest, today = '2025-04-01', by: Contact | null = a) =>
    appliedRequest(request, { primary: by ?? undefined, today, now })
  t.strictSame(apply(READY), { ...READY, state: 'applied', closed_at: now })
  for (const day of ['2025-04-01', '2025-04-02']) t.match(apply(SCHEDULED, day), { state: 'applied', ...APPROVED })
  t.strictSame(
    refusalOf(() => apply(SCHEDULED, '2025-03-31')),
    conflict(SCHEDULED),
  )
  t.strictSame(
    refusalOf(() => apply(UNCONFIRMED)),
    { ...WAITING, primary_contact_id: 'a' },
  )
  t.strictSame(
    refusalOf(() => apply(UNCONFIRMED, '2025-04-01', null)),
    WAITING,
  )
  for (const request of [UNAPPROVED, ...Object.values(CLOSED)])
    t.strictSame(
      refusalOf(() => apply(request)),
      conflict(request),
      request.state,
    )
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
