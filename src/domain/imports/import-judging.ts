import { rowsToBlame } from '#domain/imports/import-blame.ts'
import type { ContactRow } from '#domain/imports/import-contact-row.ts'
import { applyRows } from '#domain/imports/import-list.ts'
import type { SoundList, Judging } from '#domain/imports/import-trial.ts'
import type { Contact } from '#domain/contact.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { RosterStep } from '#domain/roster-step.ts'
import { isPrimary, type DesiredContact } from '#domain/roster.ts'

/** A contract's contacts as they are and as they shall be: all of them, or a part and how many there are in all. */
export type JudgedList = Required<Pick<RosterStep, 'desired' | 'counted'>> & { present: readonly Contact[] }

/** What rules say against a list, or against a part of it. */
export type RefusalsOfList = (list: JudgedList) => readonly Refusal[]

/**
 * Judges the rows of a list. To ask what is against further rows, a part of the list is enough: rules are about people
 * at one address, about one contact before and after, about the primary (R10), and about how many there are (R24).
 */
export function listJudging(
  present: readonly Contact[],
  rows: readonly ContactRow[],
  refusalsOf: RefusalsOfList,
): Judging<ContactRow> {
  const groups = addressGroups(present, rows)
  return {
    refusalsOf: several => refusalsOf(wholeList(present, several)),
    blamedFor: (several, refusals) => rowsToBlame(present, several, refusals),
    soundList: taken => new ListOfContacts({ present, groups, refusalsOf }, taken),
  }
}

function wholeList(present: readonly Contact[], rows: readonly ContactRow[]): JudgedList {
  const desired = applyRows(present, rows).contacts
  return { present, desired, counted: { before: present.length, after: desired.length } }
}

/** The addresses that belong together, each with one of them, by which their group is known. */
type AddressGroups = (email_key: string) => string

/** Joins the addresses between which a row moves a contact. */
function addressGroups(present: readonly Contact[], rows: readonly ContactRow[]): AddressGroups {
  const parents = new Map<string, string>()
  const groupOf = (email_key: string): string => {
    let root = email_key
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    if (root !== email_key) parents.set(email_key, root)
    return root
  }
  const former = new Map(present.map(({ contact_id, email_key }) => [contact_id, email_key]))
  for (const { named, contact } of rows) {
    const [from, to] = [groupOf(former.get(named ?? '') ?? contact.email_key), groupOf(contact.email_key)]
    if (from !== to) parents.set(from, to)
  }
  return groupOf
}

type Facts = { present: readonly Contact[]; groups: AddressGroups; refusalsOf: RefusalsOfList }

/** The people of a group of addresses: the present contacts, the rows that are taken, and who is there by both. */
type Group = { present: Contact[]; rows: ContactRow[]; contacts: readonly DesiredContact[] }

/** A list against which nothing is but, perhaps, that it lacks a primary. */
class ListOfContacts implements SoundList<ContactRow> {
  readonly #facts: Facts
  readonly #groups = new Map<string, Group>()
  /** The groups that have a primary, before or now: all lists are judged with them. */
  readonly #leading = new Set<string>()
  #count = 0

  constructor(facts: Facts, taken: Iterable<ContactRow>) {
    this.#facts = facts
    for (const contact of facts.present) {
      const key = facts.groups(contact.email_key)
      this.#group(key).present.push(contact)
      if (isPrimary(contact)) this.#leading.add(key)
    }
    for (const key of this.#groups.keys()) this.#settle(key, [])
    this.add(taken)
  }

  refusalsOf(more: readonly ContactRow[]): readonly Refusal[] {
    const { present, refusalsOf } = this.#facts
    const keys = new Set([...more.map(row => this.#keyOf(row)), ...this.#leading])
    const groups = [...keys].map(key => this.#group(key))
    const known = new Set(groups.flatMap(group => group.present))
    const rows = inOrder([...groups.flatMap(group => group.rows), ...more])
    const judged = known.size === 0 ? [] : present.filter(contact => known.has(contact))
    const desired = applyRows(judged, rows).contacts
    const others = this.#count - groups.reduce((sum, { contacts }) => sum + contacts.length, 0)
    return refusalsOf({
      present: judged,
      desired,
      counted: { before: present.length, after: others + desired.length },
    })
  }

  add(more: Iterable<ContactRow>): void {
    for (const [key, rows] of Map.groupBy(more, row => this.#keyOf(row))) this.#settle(key, rows)
  }

  #keyOf({ contact }: ContactRow): string {
    return this.#facts.groups(contact.email_key)
  }

  #group(key: string): Group {
    const known = this.#groups.get(key) ?? { present: [], rows: [], contacts: [] }
    this.#groups.set(key, known)
    return known
  }

  #settle(key: string, more: readonly ContactRow[]): void {
    const group = this.#group(key)
    this.#count -= group.contacts.length
    group.rows = inOrder([...group.rows, ...more])
    group.contacts = applyRows(group.present, group.rows).contacts
    this.#count += group.contacts.length
    if (group.contacts.some(isPrimary)) this.#leading.add(key)
  }
}

function inOrder(rows: readonly ContactRow[]): ContactRow[] {
  return rows.toSorted((a, b) => a.line - b.line)
}
