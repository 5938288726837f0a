import t from 'tap'
import { contact, desiredContact, primary, rosterOf } from '../rosters/roster-facts.ts'
import { confirmationReasons, confirmationRefusals } from '#domain/change-requests/primary-confirmation.ts'
import type { Asking, RequestedBy } from '#domain/requester.ts'
import { compareRoster, type DesiredContact } from '#domain/roster.ts'

const a = primary('a')
const b = contact('b')
const roster = rosterOf([a, b])
const by = (contact_id: string | null): RequestedBy => ({
  channel: 'mail',
  contact_id,
  name: '佐藤',
  email: null,
  ticket: null,
})
const ids = (contact_id: string | null): Set<string> => new Set(contact_id === null ? [] : [contact_id])
const reasons = (
  requester: string | null,
  desired: readonly DesiredContact[] = [a, b],
  concerns_contract = false,
  contacts = roster.contacts,
): string[] => {
  const difference = compareRoster(contacts, desired)
  return confirmationReasons({ contacts }, { requester_ids: ids(requester), concerns_contract, difference })
}

t.test('R25: the primary confirms what a stranger asks for, and what touches the contract', async t => {
  t.strictSame(reasons('b'), [])
  t.strictSame(reasons(null), ['requester_not_registered'])
  t.strictSame(reasons('b', [a, b], true), ['concerns_contract'])
  t.strictSame(reasons(null, [a, b], true), ['requester_not_registered', 'concerns_contract'])
  t.strictSame(reasons('a', [a, b], true), [], 'the primary asks')
  t.strictSame(reasons(null, [a], true, []), [], 'a contract without contacts has no person to ask')
})

t.test('R25: the primary confirms what touches the primary, whatever the operation is called', async t => {
  const touching: Record<string, DesiredContact[]> = {
    removed: [b],
    replaced: [{ ...b, role: 'primary' }],
    'handed over': [
      { ...a, role: 'secondary' },
      { ...b, role: 'primary' },
    ],
    renamed: [{ ...a, given_name: '次郎' }, b],
    'with another family name': [{ ...a, family_name: '新' }, b],
    'at another address': [{ ...a, email: 'x@example.jp', email_key: 'x@example.jp' }, b],
    'all removed': [],
  }
  for (const [what, desired] of Object.entries(touching)) {
    t.strictSame(reasons('b', desired), ['concerns_primary'], what)
    t.strictSame(reasons('a', desired), [], `${what}, and asks for it`)
  }
  t.strictSame(reasons('b', [{ ...a, duties: ['system'] }, b]), [], 'duties touch no person')
  t.strictSame(reasons('b', [a]), [], 'nor does the removal of a secondary')
})

const asking: Asking = { requested_by: by(null), reads_contacts: true, pointer: '' }

t.test('R25: a write that needs the confirmation is refused, with the change request to file', async t => {
  t.strictSame(confirmationRefusals(roster, [a], { asking, requester_ids: ids(null) }), [
    {
      type: 'confirmation-required',
      contract_id: 'C-1',
      primary_contact_id: 'a',
      needs_confirmation: ['requester_not_registered'],
      request_in_place: {
        contract_id: 'C-1',
        operations: [{ op: 'remove', contact_id: 'b' }],
        confirm_removals: 1,
        requested_by: by(null),
      },
    },
  ])
  t.strictSame(
    confirmationRefusals(roster, [a, b], { asking, requester_ids: ids(null) }),
    [],
    'what changes nothing needs none',
  )
  t.strictSame(
    confirmationRefusals(roster, [a], { asking: { ...asking, requested_by: null }, requester_ids: null }),
    [],
  )
  t.strictSame(confirmationRefusals(roster, [a], { asking: { settled: by(null) }, requester_ids: ids(null) }), [])
  t.strictSame(confirmationRefusals(roster, [a, { ...b, duties: ['system'] }], { asking, requester_ids: ids('b') }), [])
})

/** The request in place of a change of the roster. */
function operations(desired: readonly DesiredContact[]): object[] | undefined {
  const [refusal] = confirmationRefusals(roster, desired, { asking, requester_ids: ids(null) })
  const body = refusal?.type === 'confirmation-required' ? refusal.request_in_place : undefined
  return body !== undefined && 'operations' in body ? body.operations : undefined
}

t.test('R25: the request to file leads to the same roster', async t => {
  const c = desiredContact(contact('c', { given_name: '三', privacy_notice_shown_at: null, duties: ['system'] }))
  const described = {
    family_name: 'c',
    given_name: '三',
    email: 'c@example.jp',
    duties: ['system'],
    privacy_notice_version: '2025-10',
  }
  t.strictSame(operations([a, b, c]), [{ op: 'add', contact: described }])
  t.strictSame(
    operations([a, b, { ...c, name_note: { pointer: '#', warnings: [], override: { reason: 'known by phone' } } }]),
    [{ op: 'add', contact: { ...described, name_override: { reason: 'known by phone' } } }],
  )
  t.strictSame(operations([b, { ...c, role: 'primary' }]), [
    { op: 'make_primary', new_contact: described, former_primary: 'removed' },
  ])
  t.strictSame(
    operations([
      { ...a, role: 'secondary', given_name: '四' },
      { ...b, role: 'primary' },
    ]),
    [
      { op: 'update', contact_id: 'a', changes: { given_name: '四' } },
      { op: 'make_primary', contact_id: 'b', former_primary: 'secondary' },
    ],
  )
  t.strictSame(operations([{ ...a, family_name: '新' }, b]), [
    { op: 'update', contact_id: 'a', changes: { family_name: '新' } },
  ])
  t.strictSame(operations([]), [
    { op: 'remove', contact_id: 'a' },
    { op: 'remove', contact_id: 'b' },
  ])
})
