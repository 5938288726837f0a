import { judgeName } from '#domain/names/judge-name.ts'
import type { NameCode, NameVerdict } from '#domain/names/name-verdict.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'
import type { Sender } from '#domain/sender-address.ts'

const LONGEST_PART = 64
// Such a name does not identify the requester.
const NOT_IDENTIFYING: ReadonlySet<NameCode> = new Set(['several-people', 'contact-data', 'empty', 'placeholder'])

/** A change request that would register a refused sender. Staff has to ask for what it lacks. */
export type ChangeRequestDraft = {
  contract_id: string
  operations: [{ op: 'add'; contact: { email: string } & Partial<PersonName> }]
  requested_by: { name?: string; email: string; channel: 'mail' }
}

/** The draft for one contract (R24), with the name that the header has before the address. */
export function changeRequestDraft({ email, display_name }: Sender, contract_id: string): ChangeRequestDraft {
  const name = display_name === null ? '' : normalizeNamePart(display_name)
  const verdict = isReadable(name) ? judgeName({ family_name: name, given_name: null }, null) : undefined
  const isOne = verdict !== undefined && !(verdict.outcome === 'refused' && NOT_IDENTIFYING.has(verdict.finding.code))
  return {
    contract_id,
    operations: [{ op: 'add', contact: { ...(verdict !== undefined && personIn(verdict)), email } }],
    requested_by: { ...(isOne && { name }), email, channel: 'mail' },
  }
}

function isReadable(name: string): boolean {
  return name !== '' && name.length <= 2 * LONGEST_PART && !/[@<>"\p{C}]/u.test(name)
}

/** The person of a name, also where an organisation is part of it (R13); empty where that is not certain. */
function personIn(verdict: NameVerdict): Partial<PersonName> {
  if (verdict.outcome === 'accepted') return nameParts(verdict.name.family_name)
  const [person, ...others] = verdict.finding.suggestions
  return person === undefined || others.length > 0 ? {} : person
}

/** A whole name in parts: 山田 太郎 in Japanese order, John Smith in Latin script (R15). A guess, for staff to check. */
function nameParts(name: string): Partial<PersonName> {
  const space = isLatin(name) ? name.lastIndexOf(' ') : name.indexOf(' ')
  const [before, after] = space < 0 ? [name, ''] : [name.slice(0, space), name.slice(space + 1)]
  const [family_name, given_name] = isLatin(name) && space >= 0 ? [after, before] : [before, after]
  if (family_name.length > LONGEST_PART || given_name.length > LONGEST_PART) return {}
  return { family_name, given_name: given_name === '' ? null : given_name }
}
