import { isLatin, normalizeNamePart, peopleJoinedIn, type PersonName } from '#domain/person-name.ts'
import type { Sender } from '#domain/sender-address.ts'

const LONGEST_PART = 64

/** A change request that would register a refused sender, as far as the check knows: what is absent, staff has to ask for. */
export type ChangeRequestDraft = {
  contract_id: string
  operations: [{ op: 'add', contact: { email: string } & Partial<PersonName> }]
  requested_by: { name?: string, email: string, channel: 'mail' }
}

/** The draft for one contract (R24), with the name that stood before the address. */
export function changeRequestDraft ({ email, display_name }: Sender, contract_id: string): ChangeRequestDraft {
  const name = display_name === null ? undefined : normalizeNamePart(display_name)
  const isName = name !== undefined && name !== '' && name.length <= 2 * LONGEST_PART && !/[@<>"\p{C}]/u.test(name) && peopleJoinedIn(name) === undefined
  return {
    contract_id,
    operations: [{ op: 'add', contact: { ...isName && nameParts(name), email } }],
    requested_by: { ...isName && { name }, email, channel: 'mail' }
  }
}

/** Family and given name of a whole one: 山田 太郎 in Japanese order, John Smith in Latin script (R15). Only a guess, for staff to see. */
function nameParts (name: string): Partial<PersonName> {
  const words = name.split(' ')
  const [family_name, given_name] = isLatin(name) ? [words.at(-1)!, words.slice(0, -1).join(' ')] : [words[0]!, words.slice(1).join(' ')]
  if (family_name.length > LONGEST_PART || given_name.length > LONGEST_PART) return {}
  return { family_name, given_name: given_name === '' ? null : given_name }
}
