import { judgeName } from '#domain/names/judge-name.ts'
import type { NameCode, NameVerdict } from '#domain/names/name-verdict.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { isLatin, type PersonName } from '#domain/person-name.ts'
import type { Sender } from '#domain/sender-address.ts'

const LONGEST_PART = 64
// Who asks is not told by such a name.
const NOBODY_IN_PARTICULAR: ReadonlySet<NameCode> = new Set(['several-people', 'contact-data', 'empty', 'placeholder'])

/** A change request that would register a refused sender, as far as the check knows: what is absent, staff has to ask for. */
export type ChangeRequestDraft = {
  contract_id: string
  operations: [{ op: 'add'; contact: { email: string } & Partial<PersonName> }]
  requested_by: { name?: string; email: string; channel: 'mail' }
}

/** The draft for one contract (R24), with the name that stood before the address. */
export function changeRequestDraft({ email, display_name }: Sender, contract_id: string): ChangeRequestDraft {
  const name = display_name === null ? '' : normalizeNamePart(display_name)
  const verdict = isReadable(name) ? judgeName({ family_name: name, given_name: null }, null) : undefined
  const isOne =
    verdict !== undefined && !(verdict.outcome === 'refused' && NOBODY_IN_PARTICULAR.has(verdict.finding.code))
  return {
    contract_id,
    operations: [{ op: 'add', contact: { ...(verdict !== undefined && personIn(verdict)), email } }],
    requested_by: { ...(isOne && { name }), email, channel: 'mail' },
  }
}

function isReadable(name: string): boolean {
  return name !== '' && name.length <= 2 * LONGEST_PART && !/[@<>"\p{C}]/u.test(name)
}

/** The person that a name is of, or the one beside whom an organisation is named (R13); nobody where that cannot be told. */
function personIn(verdict: NameVerdict): Partial<PersonName> {
  if (verdict.outcome === 'accepted') return nameParts(verdict.name.family_name)
  const [person, ...others] = verdict.finding.suggestions
  return person === undefined || others.length > 0 ? {} : person
}

/** Family and given name of a whole one: 山田 太郎 in Japanese order, John Smith in Latin script (R15). Only a guess, for staff to see. */
function nameParts(name: string): Partial<PersonName> {
  const words = name.split(' ')
  const [family_name, given_name] = isLatin(name)
    ? [words.at(-1)!, words.slice(0, -1).join(' ')]
    : [words[0]!, words.slice(1).join(' ')]
  if (family_name.length > LONGEST_PART || given_name.length > LONGEST_PART) return {}
  return { family_name, given_name: given_name === '' ? null : given_name }
}
