import type { Finding } from '#domain/names/finding.ts'
import { organisationFinding } from '#domain/names/organisation-finding.ts'

/** A word of an organisation, or an ending of one: 情報システム部, 山田商事, 総務部山田太郎. */
export function organisationInText({ text }: { text: string }): Finding | undefined {
  return organisationFinding(text)
}
