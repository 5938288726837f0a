import { ADDRESSES, type ListedPerson, type Person, type PersonPatch, type Role } from './registry-operations.ts'
import type { Random } from './seeded-random.ts'

// One of them is no person, and one may be none.
const PEOPLE = [
  ['山田', '太郎'],
  ['山田', '花子'],
  ['伊藤', null],
  ['Sato', 'Ken'],
  ['佐藤', '健'],
  ['山田', '太郎'],
  ['山田', '花子'],
  ['佐藤', '健'],
  ['水流所', null],
  ['経理部', null],
] as const
const DUTIES = [[], ['system'], ['operations', 'contract']]

export function randomPerson({ pick, isIn }: Random): Person & { shared_mailbox: boolean } {
  const [family_name, given_name] = pick(PEOPLE)
  return { family_name, given_name, email: pick(ADDRESSES), shared_mailbox: isIn(40) }
}

export function randomPatch(random: Random): PersonPatch {
  const { family_name, given_name, email, shared_mailbox } = randomPerson(random)
  return random.pick<PersonPatch>([
    { email },
    { email, shared_mailbox },
    { family_name, given_name },
    { family_name, given_name, email, shared_mailbox },
    { shared_mailbox },
    { duties: random.pick(DUTIES) },
    { duties: null },
    {},
  ])
}

export function randomListed(random: Random, role: Role): ListedPerson {
  return { ...randomPerson(random), role, duties: random.pick(DUTIES) }
}
