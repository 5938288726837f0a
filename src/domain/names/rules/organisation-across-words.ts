import { isRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameText } from '#domain/names/name-text.ts'
import { organisationFinding } from '#domain/names/organisation-finding.ts'

/** Words that only together are an organisation's. Where the parts are separate, a mere doubt does not count. */
export function organisationAcrossWords({ text, isDivided }: NameText<'several-words'>): Finding | undefined {
  const whole = organisationFinding(text)
  if (whole !== undefined && isRefusal(whole)) return { ...whole, suggestions: [] }
  return isDivided ? undefined : whole
}
