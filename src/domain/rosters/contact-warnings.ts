import { doubtfulPartOf } from '#domain/addresses/doubtful-address.ts'
import type { ContactWarning } from '#domain/name-note.ts'
import { likenessKey, nameKey } from '#domain/names/name-keys.ts'
import { fullName, type PersonName } from '#domain/person-name.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import type { AddressAccounts, RosterDifference, DesiredContact } from '#domain/roster.ts'

type Neighbour = PersonName & { contact_id: string; contract_id: string; email_key: string }

// A warning names only a few contacts of a mailbox that hundreds use. An answer and its stored outcome hold only the
// first of many warnings.
const MOST_NAMED = 10
const MOST_WARNINGS = 50

/**
 * The warnings about the names and addresses that a step brings: doubts, removed titles, and people at one address
 * whose names differ only in the form of their letters (髙橋, 高橋) and who may be one person. A warning never prevents
 * the change.
 */
export function warningsOf({ difference }: Pick<ComparedStep, 'difference'>, alike: Likenesses): ContactWarning[] {
  const { added, changed, kept } = difference
  return [
    ...[...added, ...changed.map(({ after }) => after), ...kept].flatMap(({ name_note }) => name_note?.warnings ?? []),
    ...newlyNamed(difference).flatMap(contact => [...addressDoubt(contact), ...likenessOf(contact, alike)]),
  ].slice(0, MOST_WARNINGS)
}

/** The contacts that are new at their address or under their name. */
function newlyNamed({ added, changed }: RosterDifference): DesiredContact[] {
  return [
    ...added,
    ...changed
      .filter(({ before, after }) => before.email_key !== after.email_key || nameKey(before) !== nameKey(after))
      .map(({ after }) => after),
  ]
}

function addressDoubt({ email, name_note }: DesiredContact): ContactWarning[] {
  const matched = doubtfulPartOf(email)
  if (matched === undefined) return []
  return [{ code: 'address-doubtful', pointer: `${name_note?.pointer ?? '#'}/email`, matched }]
}

/** The people of an address by the likeness of their names, and among those by their very names. */
type Likenesses = ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, readonly Neighbour[]>>>

/** All people at the addresses where a change brings people or names, and where several contacts are. */
export function likenesses(steps: readonly ComparedStep[], accounts: AddressAccounts): Likenesses {
  const coming = steps.flatMap(({ difference }) => newlyNamed(difference))
  const addresses = new Set(coming.map(({ email_key }) => email_key))
  const customer_ids = new Set(steps.map(({ roster }) => roster.contract.customer_id))
  const elsewhere = [...addresses].flatMap(email_key => {
    const account = accounts.get(email_key)
    const isOwn = account !== undefined && customer_ids.has(account.customer_id)
    return isOwn ? account.elsewhere.map(person => ({ ...person, email_key })) : []
  })
  const here = steps.flatMap(({ desired, roster: { contract } }) =>
    desired
      .filter(({ email_key }) => addresses.has(email_key))
      .map(contact => ({ ...contact, contract_id: contract.contract_id })),
  )
  const neighbours = Map.groupBy<string, Neighbour>([...here, ...elsewhere], ({ email_key }) => email_key)
  return new Map([...neighbours].filter(([, { length }]) => length > 1).map(([at, people]) => [at, byLikeness(people)]))
}

function byLikeness(people: readonly Neighbour[]): ReadonlyMap<string, ReadonlyMap<string, readonly Neighbour[]>> {
  const alike = Map.groupBy(people, likenessKey)
  return new Map([...alike].map(([likeness, bearers]) => [likeness, Map.groupBy(bearers, nameKey)]))
}

/** The warning that other people at the same address may be the same person, or none. */
function likenessOf(contact: DesiredContact, alike: Likenesses): ContactWarning[] {
  const neighbours = alike.get(contact.email_key)
  if (neighbours === undefined) return []
  const name = nameKey(contact)
  const others: Neighbour[] = []
  for (const [other, people] of neighbours.get(likenessKey(contact)) ?? []) {
    if (other !== name) others.push(...people.slice(0, MOST_NAMED))
    if (others.length >= MOST_NAMED) break
  }
  if (others.length === 0) return []
  const contacts = others
    .slice(0, MOST_NAMED)
    .map(other => ({ contact_id: other.contact_id, contract_id: other.contract_id, name: fullName(other) }))
  return [{ code: 'possibly-same-person', pointer: `${contact.name_note?.pointer ?? '#'}/family_name`, contacts }]
}
