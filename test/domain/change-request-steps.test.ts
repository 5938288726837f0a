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
import { contact, primary } from './roster-facts.ts'
import {
  appliedRequest,
  approvedRequest,
  changedRequest,
  confirmedRequest,
  failedRequest,
  filedRequest,
  lapsedRequest,
  rejectedRequest,
  unconfirmedNow,
  unconfirmedRequest,
  withdrawnRequest,
  type FiledChange,
} from '#domain/change-request-steps.ts'
import type { ConfirmerInput, Standing } from '#domain/confirmation.ts'
import type { Authority, Rights } from '#domain/rights.ts'
import { NOT_APPROVED, type ChangeRequest } from '#domain/change-request.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { ChangeRequestState } from '#domain/vocabulary.ts'

const now = '2025-03-03T00:00:00.000Z'
const a = primary('a')
const rights = (...scopes: string[]) => ({ authority: OPERATOR, scopes: new Set(scopes) })
const MAY_APPLY = rights('contacts:write')
const MAY_NOT_APPLY = rights('requests:write', 'requests:confirm')
const MAY_OVERRIDE = rights('contacts:write', 'requests:override')
const SETTLED: Standing = { contacts: [a], reasons: [] }
const TO_CONFIRM: Standing = { contacts: [a], reasons: ['concerns_contract'] }
const A = { contact_id: 'a' }
const SAID = { channel: 'phone', note: null, ticket: null, reason: null } as const
const SHOWN = { confirmed_by: { contact_id: 'a' } }
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

const file = (asked: FiledChange, rights: Rights, standing = SETTLED) => filedRequest(asked, { standing, rights, now })

t.test('R24, R25: a filed request waits for the primary, then for an approval, then for its day', async t => {
  const onADay = { ...ASKED, effective_on: '2027-04-01' }
  const waiting = { state: 'needs_primary_confirmation', needs_confirmation: ['concerns_contract'] }
  t.match(file(onADay, MAY_NOT_APPLY, TO_CONFIRM), { ...waiting, ...NOT_APPROVED })
  t.match(file(onADay, MAY_APPLY, TO_CONFIRM), { ...waiting, ...OWN })
  t.match(file(onADay, MAY_NOT_APPLY), { state: 'needs_approval', ...NOT_APPROVED, confirmation: null })
  t.match(file(onADay, MAY_APPLY), { state: 'scheduled', ...OWN, closed_at: null, refusals: [] })
  for (const anybody of [MAY_APPLY, MAY_NOT_APPLY])
    t.match(file({ ...ASKED, effective_on: null }, anybody), { state: 'ready', ...NOT_APPROVED })
})

const confirm = (request: ChangeRequest, caller = MAY_NOT_APPLY, standing = TO_CONFIRM, by: ConfirmerInput = A) =>
  confirmedRequest(request, { ...SAID, confirmed_by: by }, { standing, rights: caller, now })

t.test('R25: the primary confirms, and only what waits for it', async t => {
  t.match(confirm(UNCONFIRMED), {
    state: 'ready',
    needs_confirmation: ['concerns_contract'],
    confirmation: {
      confirmed_by: { contact_id: 'a', name: a.family_name, position: null, is_primary: true },
      primary_contact_id: 'a',
      channel: 'phone',
      reason: null,
      confirmed_at: now,
      recorded_by: OPERATOR,
    },
  })
  for (const request of inOtherStates('needs_primary_confirmation'))
    t.strictSame(
      refusalOf(() => confirm(request, MAY_NOT_APPLY, SETTLED)),
      conflict(request),
      request.state,
    )
  t.match(confirm(READY), { state: 'ready', confirmation: SHOWN }, 'what the roster has made doubtful since')

  const onADay = { ...UNCONFIRMED, effective_on: '2025-04-01' }
  t.match(confirm(onADay), { state: 'needs_approval', ...NOT_APPROVED }, 'a confirmation approves nothing')
  t.match(confirm({ ...onADay, ...APPROVED }), { state: 'scheduled', ...APPROVED }, 'and takes no approval away')
  t.match(confirm(onADay, MAY_APPLY), { state: 'scheduled', ...OWN })
})

t.test('R25: a client that filed a request approves nothing by confirming it, unless it may override', async t => {
  const onADay = { ...UNCONFIRMED, effective_on: '2025-04-01', filed_by: [OPERATOR] }
  const others = { approved_by: { ...OPERATOR, client: 'other' }, approved_at: now }
  t.match(confirm({ ...onADay, ...APPROVED }, MAY_APPLY), { state: 'needs_approval', ...NOT_APPROVED })
  t.match(confirm(onADay, MAY_APPLY), { state: 'needs_approval', ...NOT_APPROVED })
  t.match(confirm({ ...onADay, ...others }, MAY_APPLY), { state: 'scheduled', ...others }, "another's stays")
  t.match(confirm(onADay, MAY_OVERRIDE), { state: 'scheduled', ...OWN })
})

t.test('R25: nobody confirms in place of the primary without a reason and the right to record that', async t => {
  const standing = { ...TO_CONFIRM, contacts: [a, contact('b', { family_name: '佐藤', given_name: '次郎' })] }
  const by = (
    confirmed_by: ConfirmerInput,
    reason: string | null = 'has left',
    caller = MAY_OVERRIDE,
    of = UNCONFIRMED,
  ) => confirmedRequest(of, { ...SAID, confirmed_by, reason }, { standing, rights: caller, now })
  const other = { name: '中村 葵', position: '部長' }
  const forbidden = { type: 'forbidden', required_scope: 'requests:override' }
  for (const who of [{ contact_id: 'b' }, { contact_id: 'x' }, other])
    t.match(
      refusalOf(() => by(who, 'has left', MAY_APPLY)),
      forbidden,
    )
  t.match(
    refusalOf(() => by({ contact_id: 'x' })),
    { type: 'unknown-reference' },
  )
  t.match(
    refusalOf(() => by(other, null)),
    { errors: [{ pointer: '#/reason', code: 'required' }] },
  )
  t.match(by(other), {
    state: 'ready',
    confirmation: {
      confirmed_by: { contact_id: null, ...other, is_primary: false },
      primary_contact_id: 'a',
      reason: 'has left',
    },
  })
  t.match(by({ contact_id: 'b' }), { confirmation: { confirmed_by: { contact_id: 'b', name: '佐藤 次郎' } } })
  const own = { errors: [{ pointer: '#/confirmed_by', code: 'own-request' }] }
  const of_b = { ...UNCONFIRMED, requested_by: { ...ASKED.requested_by, contact_id: 'b', name: null } }
  t.match(
    refusalOf(() => by({ contact_id: 'b' }, 'x', MAY_OVERRIDE, of_b)),
    own,
  )
  t.match(
    refusalOf(() => by({ name: '佐藤次郎', position: null }, 'x', MAY_OVERRIDE, of_b)),
    own,
  )
  t.match(
    refusalOf(() => by({ name: '山田', position: null })),
    own,
    'a stranger neither',
  )
  const of_nobody = { ...UNCONFIRMED, requested_by: { ...ASKED.requested_by, name: null } }
  t.match(by(other, 'x', MAY_OVERRIDE, of_nobody), { state: 'ready' })
  const gone = confirmedRequest(
    UNCONFIRMED,
    { ...SAID, confirmed_by: other, reason: 'x' },
    { standing: { contacts: [], reasons: [] }, rights: MAY_OVERRIDE, now },
  )
  t.match(gone, { state: 'ready', confirmation: { primary_contact_id: null } }, 'a contract that has lost its contacts')
})

const approve = (
  request: ChangeRequest,
  {
    holds = true,
    standing = SETTLED,
    rights = MAY_APPLY,
  }: { holds?: boolean; standing?: Standing; rights?: Rights } = {},
) => approvedRequest(request, { standing, approval_holds: holds, rights, now })

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

const apply = (
  request: ChangeRequest,
  {
    today = '2025-04-01',
    standing = SETTLED,
    rights = MAY_APPLY,
  }: { today?: string; standing?: Standing; rights?: Rights | null } = {},
) => appliedRequest(request, { standing, rights, today, now })

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

const person = (client: string, on_behalf_of: string | null) => ({
  client,
  credential: 'access_token' as const,
  on_behalf_of,
})

t.test('R25: one client does not file a request, confirm it and have it applied, unless it may override', async t => {
  const alone = (filer: Authority, recorder: Authority, caller: Authority, ...scopes: string[]): boolean => {
    const confirmed = confirmedRequest(
      { ...UNCONFIRMED, filed_by: [filer] },
      { ...SAID, confirmed_by: A },
      { standing: TO_CONFIRM, rights: { authority: recorder, scopes: new Set() }, now },
    )
    const rights = { authority: caller, scopes: new Set(scopes) }
    const refused = refusalOf(() => apply(confirmed, { standing: TO_CONFIRM, rights }))
    const onADay = { ...confirmed, state: 'needs_approval' as const, effective_on: '2025-04-01', ...NOT_APPROVED }
    t.strictSame(
      refusalOf(() => approve(onADay, { standing: TO_CONFIRM, rights })),
      refused,
    )
    return refused?.type === 'forbidden'
  }
  const other = { ...OPERATOR, client: 'other' }
  t.ok(alone(OPERATOR, OPERATOR, OPERATOR))
  t.notOk(alone(OPERATOR, OPERATOR, OPERATOR, 'requests:override'))
  t.notOk(alone(OPERATOR, OPERATOR, other))
  t.notOk(alone(OPERATOR, other, OPERATOR))
  t.notOk(alone(other, OPERATOR, OPERATOR))
  t.ok(alone(person('desk', 'p'), person('console', 'p'), person('desk', 'p')), 'one person with two clients')
  t.notOk(alone(person('desk', 'p'), person('desk', 'q'), person('desk', 'p')), 'two people with one client')
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
