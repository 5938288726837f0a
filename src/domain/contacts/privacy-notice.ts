import type { Contact } from '#domain/contact.ts'
import type { InvalidField } from '#domain/refusal.ts'

/** Which version of the privacy notice a person was shown, and when (R32). */
type PrivacyNotice = Pick<Contact, 'privacy_notice_version' | 'privacy_notice_shown_at'>
type NoticeField = keyof PrivacyNotice

/** Where a request says it, and how far it means it. */
type NoticeContext = { pointer: string; is_named?: boolean; may_be_unknown?: boolean }

/**
 * The notice that a contact has after a request (R32). A newcomer needs a version, and is shown it at the registration
 * unless the request says when. The notice of a present contact changes only where the request says when it was shown.
 * `is_named`: the request means this very contact. It is then refused where it sends another version alone, or null for
 * what is recorded; a request that only describes the same person keeps what is recorded. `may_be_unknown`: the request
 * is an import, whose registrations may be older than the registry.
 */
export function readPrivacyNotice(
  sent: Partial<PrivacyNotice>,
  before: PrivacyNotice | undefined,
  { is_named = false, pointer, may_be_unknown = false }: NoticeContext,
): { notice: PrivacyNotice; errors: InvalidField[] } {
  const { privacy_notice_version = null, privacy_notice_shown_at = null } = sent
  const errorsOf = (...fields: NoticeField[]): InvalidField[] =>
    fields.map(field => ({ pointer: `${pointer}/${field}`, code: 'required' }))
  if (before === undefined) {
    const notice = { privacy_notice_version, privacy_notice_shown_at }
    const isMissing = privacy_notice_version === null && (!may_be_unknown || privacy_notice_shown_at !== null)
    return { notice, errors: isMissing ? errorsOf('privacy_notice_version') : [] }
  }
  const recorded = {
    privacy_notice_version: before.privacy_notice_version,
    privacy_notice_shown_at: before.privacy_notice_shown_at,
  }
  const removed = (Object.keys(sent) as NoticeField[]).filter(field => sent[field] === null && before[field] !== null)
  if (is_named && removed.length > 0) return { notice: recorded, errors: errorsOf(...removed) }
  const version = privacy_notice_version ?? before.privacy_notice_version
  if (privacy_notice_shown_at === null) {
    const isOther = is_named && version !== before.privacy_notice_version
    return { notice: recorded, errors: isOther ? errorsOf('privacy_notice_shown_at') : [] }
  }
  return {
    notice: { privacy_notice_version: version, privacy_notice_shown_at },
    errors: version === null ? errorsOf('privacy_notice_version') : [],
  }
}
