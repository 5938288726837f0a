import { fullName } from '#domain/person-name.ts'
import type { Sender } from '#domain/sender-address.ts'
import type { ConfirmWith, FormerRegistration, SenderCheck, SenderRegistration } from '#domain/sender-check.ts'
import { changeRequestDraft } from '#domain/sender-draft.ts'
import { peopleOf } from '#domain/support-account.ts'
import type { SenderHintKind } from '#domain/vocabulary.ts'

/** What staff is told of a near miss. */
export type SenderHint = {
  kind: SenderHintKind
  email: string | null
  removed_at: string | null
  names: string[]
  contract_ids: string[]
}

const WEEK = 7 * 24 * 60 * 60 * 1000

/** A check as everybody is answered it; `hints` only for those who may know. */
export function senderCheckView(
  check: SenderCheck,
  sender: Sender | undefined,
  confirm_with: readonly ConfirmWith[],
  hints: SenderHint[] | undefined,
) {
  const [first] = confirm_with
  return {
    ...check,
    confirm_with: confirm_with.map(
      ({ contract_id, product_id, customer_id, customer_name, contact_id, email, ...name }) => ({
        contract_id,
        product_id,
        customer_id,
        customer_name,
        primary: { contact_id, name: fullName(name), email },
      }),
    ),
    change_request: sender === undefined || first === undefined ? null : changeRequestDraft(sender, first.contract_id),
    ...(hints !== undefined && { hints }),
  }
}

export type SenderCheckView = ReturnType<typeof senderCheckView>

/** The hint that somebody left the address within the week before `now`, ISO 8601. */
export function removedRecently(former: readonly FormerRegistration[], now: string): SenderHint[] {
  const since = new Date(Date.parse(now) - WEEK).toISOString()
  const recent = former.flatMap(contact =>
    contact.left_at !== null && contact.left_at >= since ? [{ ...contact, left_at: contact.left_at }] : [],
  )
  if (recent.length === 0) return []
  const removed_at = recent
    .map(({ left_at }) => left_at)
    .toSorted()
    .at(-1)!
  return [
    { kind: 'removed_recently', email: null, removed_at, names: namesOf(recent), contract_ids: contractsOf(recent) },
  ]
}

/** The hint at the people behind an address that is much like the one that asks. */
export function similarAddress(behind: readonly SenderRegistration[]): SenderHint[] {
  const [one] = behind
  return one === undefined
    ? []
    : [
        {
          kind: 'similar_address',
          email: one.email,
          removed_at: null,
          names: namesOf(behind),
          contract_ids: contractsOf(behind),
        },
      ]
}

function namesOf(contacts: Parameters<typeof peopleOf>[0]): string[] {
  return peopleOf(contacts).map(fullName)
}

function contractsOf(contacts: readonly { contract_id: string }[]): string[] {
  return [...new Set(contacts.map(({ contract_id }) => contract_id))]
}
