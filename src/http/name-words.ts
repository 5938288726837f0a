import type { NameWarning } from '#domain/name-note.ts'
import { fullName, type NameCode } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'

type Words = (matched: string) => string

// Why a name is no person's, and what to do about it. A new code without its words does not compile.
const REFUSED = {
  'empty': () => 'A name needs at least one letter.',
  'contact-data': matched => `Register the person's name. "${matched}" is an address, a number or an account.`,
  'placeholder': matched => `Register the person's name. "${matched}" stands where a name should be.`,
  'company': matched => `Register the person's name. "${matched}" looks like a company or an institution.`,
  'department': matched => `Register the person's name. "${matched}" looks like a department.`,
  'role': matched => `Register the person's name. "${matched}" looks like a role.`,
  'organisation-and-person': matched => `Register the person's name alone, without "${matched}".`,
  'title': matched => `Register the person's name alone, without "${matched}".`,
  'several-people': matched => `A name holds one person; "${matched}" joins several. Register each of them.`,
  'equals-customer': matched => `Register the person's name. "${matched}" is the customer's own name.`,
  'doubtful': matched => `Register the person's name. "${matched}" may be no person's name.`
} satisfies Record<NameCode, Words>

type NameRefusal = Extract<Refusal, { type: 'name-not-personal' }>

/** What a refused name's problem says: why, what was found, whom it may mean, and whether an operator may vouch for it. */
export function nameProblem ({ code, pointer, matched, suggestions, can_be_overridden }: NameRefusal) {
  const [suggestion] = suggestions
  return {
    detail: REFUSED[code](matched), code, pointer, matched,
    ...(suggestion !== undefined && { suggestion, suggestions }),
    ...(code === 'several-people' && { people: suggestions.map(fullName) }),
    can_be_overridden
  }
}

/** What was noticed, in words. */
export function warningAnswer (warning: NameWarning) {
  return { ...warning, detail: wordsOf(warning) }
}

function wordsOf (warning: NameWarning): string {
  if (warning.code === 'title-removed') return `"${warning.matched}" is a title and was left out of the name.`
  if (warning.code === 'possibly-same-person') return 'Somebody with this address has the same name in another spelling. Ask whether they are one person.'
  if (warning.reason === 'equals-customer') return 'This is the customer\'s own name, and a surname too. Ask whether it is a person\'s name.'
  return `"${warning.matched}" may be part of an organisation's name. Ask whether this is a person's name.`
}
