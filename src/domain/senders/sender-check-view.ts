import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { mailAuthenticationView, type MailAuthentication } from '#domain/senders/mail-authentication.ts'
import { fullName } from '#domain/person-name.ts'
import type { Sender } from '#domain/senders/sender-address.ts'
import type { ConfirmWith, SenderCheck } from '#domain/senders/sender-check.ts'
import type { FormerRegistration, SenderRegistration } from '#domain/senders/sender-facts.ts'
import { changeRequestDraft } from '#domain/senders/sender-draft.ts'
import { smtpAnswer } from '#domain/senders/smtp-answer.ts'
import { peopleOf } from '#domain/accounts/support-account.ts'
import type { SenderHintKind } from '#domain/vocabulary.ts'

/** A hint for staff about an address that is almost authorised. */
export type SenderHint = {
  kind: SenderHintKind
  email: string | null
  removed_at: string | null
  names: string[]
  contract_ids: string[]
}

const APOSTROPHES = /^['‘’](.+)['‘’]$/u
const BETWEEN_ADDRESSES = /[\s<>()[\]",;:]+/u
const MOST_ADDRESSES = 5
const WEEK = 7 * 24 * 60 * 60 * 1000

/** The address that an answer would go to, and whether it is authorised for the same question. */
type ReplyTo = { address: string | null; authorised: boolean }

/** What a check found of one mail besides the decision. Only clients that may see them get the last two. */
export type SenderFindings = {
  sender: Sender | undefined
  reply_to: ReplyTo | null
  automatic: boolean
  authentication: MailAuthentication | null
  confirm_with: readonly ConfirmWith[] | undefined
  hints: SenderHint[] | undefined
}

/** A check as it is answered. A machine gets neither a reply nor a change request (R29). */
export function senderCheckView(
  { reply, ...check }: SenderCheck,
  { sender, reply_to, automatic, authentication, confirm_with, hints }: SenderFindings,
) {
  const first = confirm_with?.[0]
  const isDraft = !automatic && sender !== undefined && first !== undefined
  return {
    ...check,
    reply_to,
    automatic,
    authentication: authentication && mailAuthenticationView(authentication),
    reply: automatic ? null : reply,
    smtp: smtpAnswer(check.reason),
    ...(confirm_with !== undefined && { confirm_with: confirm_with.map(confirmWithView) }),
    change_request: isDraft ? changeRequestDraft(sender, first.contract_id) : null,
    ...(hints !== undefined && { hints }),
  }
}

function confirmWithView(primary: ConfirmWith) {
  const { contract_id, product_id, customer_id, customer_name, contact_id, email, ...name } = primary
  return {
    contract_id,
    product_id,
    customer_id,
    customer_name,
    primary: { contact_id, name: fullName(name), email },
  }
}

export type SenderCheckView = ReturnType<typeof senderCheckView>

/** The hint that contacts left the address within the week before `now`, ISO 8601. */
export function removedRecently(former: readonly FormerRegistration[], now: string): SenderHint[] {
  const since = new Date(Date.parse(now) - WEEK).toISOString()
  const recent = former.filter(({ left_at, is_erased }) => left_at !== null && left_at >= since && !is_erased)
  const removed_at = recent
    .flatMap(({ left_at }) => left_at ?? [])
    .toSorted()
    .at(-1)
  if (removed_at === undefined) return []
  return [
    { kind: 'removed_recently', email: null, removed_at, names: namesOf(recent), contract_ids: contractsOf(recent) },
  ]
}

/** The hints at the addresses that a header has which does not say which of them is the sender's (R29). */
export function addressesInHeader(from: string): SenderHint[] {
  if (!/[@＠﹫]/u.test(from)) return []
  const texts = new Set(
    from
      .normalize('NFKC')
      .split(BETWEEN_ADDRESSES)
      .map(text => text.replace(APOSTROPHES, '$1')),
  )
  return [...texts]
    .filter(text => text.includes('@') && parseEmailAddress(text) !== undefined)
    .slice(0, MOST_ADDRESSES)
    .map(email => ({ kind: 'address_in_header', email, removed_at: null, names: [], contract_ids: [] }))
}

/** The hint at the people at an address that is similar to the sender's. */
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
