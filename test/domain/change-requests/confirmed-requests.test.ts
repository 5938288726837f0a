import t from 'tap'
import { APPROVED, ASKED, OPERATOR, READY, UNCONFIRMED } from './change-request-facts.ts'
import { contact } from '../rosters/roster-facts.ts'
import { confirmedRequest } from '#domain/change-requests/change-request-steps.ts'
import type { ConfirmerInput } from '#domain/change-requests/confirmation.ts'
import type { Authority } from '#domain/api-clients/rights.ts'
import { NOT_APPROVED } from '#domain/change-requests/change-request.ts'
import {
  now,
  a,
  MAY_APPLY,
  MAY_NOT_APPLY,
  MAY_OVERRIDE,
  SETTLED,
  TO_CONFIRM,
  A,
  SAID,
  SHOWN,
  OWN,
  inOtherStates,
  conflict,
  refusalOf,
  confirm,
  approve,
  apply,
} from './change-request-step-facts.ts'

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

t.test('R25: no person confirms in place of the primary without a reason and the right to record that', async t => {
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
  const of_stranger = { ...UNCONFIRMED, requested_by: { ...ASKED.requested_by, name: '謎 次郎', contact_id: null } }
  for (const name of ['謎 次郎', ' 次郎　謎 ', '謎', '謎次郎様'])
    t.match(
      refusalOf(() => by({ name, position: null }, 'x', MAY_OVERRIDE, of_stranger)),
      own,
      name,
    )
  t.match(by({ name: '謎 三郎', position: null }, 'x', MAY_OVERRIDE, of_stranger), { state: 'ready' })
  const of_nobody = { ...UNCONFIRMED, requested_by: { ...ASKED.requested_by, name: null } }
  t.match(by(other, 'x', MAY_OVERRIDE, of_nobody), { state: 'ready' })
  const gone = confirmedRequest(
    UNCONFIRMED,
    { ...SAID, confirmed_by: other, reason: 'x' },
    { standing: { contacts: [], reasons: [] }, rights: MAY_OVERRIDE, now },
  )
  t.match(gone, { state: 'ready', confirmation: { primary_contact_id: null } }, 'a contract that has lost its contacts')
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
