import type { ContactRow } from '#domain/imports/import-contact-row.ts'
import { applyRows } from '#domain/imports/import-list.ts'
import { personKey } from '#domain/person-key.ts'
import type { Refusal } from '#domain/refusal.ts'
import { isPrimary, primaryOf, type DesiredContact } from '#domain/roster.ts'

/** The rows of a list, and the contacts that they make or change: those of each contact in the order of the file. */
type List = { present: readonly DesiredContact[]; rows: ReadonlyMap<string, readonly ContactRow[]> }

/**
 * The rows by which a list breaks rules (R39): the later of two that do not go together, as if one were registered
 * after the other. Who is the primary is asked last, of rows that nothing else is against.
 */
export function rowsToBlame(
  present: readonly DesiredContact[],
  rows: readonly ContactRow[],
  refusals: readonly Refusal[],
): ReadonlySet<ContactRow> {
  const { effects } = applyRows(present, rows)
  const grouped = Map.groupBy(effects, ({ contact_id }) => contact_id)
  const list = { present, rows: new Map([...grouped].map(([id, own]) => [id, own.map(({ row }) => row)])) }
  const ofPrimary = refusals.filter(({ type }) => type === 'primary-required' || type === 'primary-exists')
  const others = refusals.filter(refusal => !ofPrimary.includes(refusal))
  return new Set((others.length > 0 ? others : ofPrimary).flatMap(refusal => blamedBy(refusal, list)))
}

function blamedBy(refusal: Refusal, list: List): readonly ContactRow[] {
  if (refusal.type === 'primary-required') return demotion(list)
  if (refusal.type === 'primary-exists') return otherPrimaries(refusal.about ?? [], list)
  if (refusal.type === 'seat-limit-reached') return lastNewcomers(refusal, list)
  const about = refusal.about ?? []
  const isBlamed = (id: string): boolean => refusal.type !== 'duplicate-contact' || id !== refusal.contact_id
  const blamed = about.filter(isBlamed)
  return rowsOf(blamed.length > 0 ? blamed : about, list)
}

/** The rows that bring people in, or give them another name or address. */
function rowsOf(contact_ids: readonly string[], { present, rows }: List): ContactRow[] {
  return contact_ids.flatMap(id => {
    const own = rows.get(id) ?? []
    const before = present.find(({ contact_id }) => contact_id === id)
    const other = before === undefined ? own : own.filter(({ contact }) => personKey(contact) !== personKey(before))
    return other.length > 0 ? other : own
  })
}

/** R10: the last row that makes a secondary of the primary; none where no row does. */
function demotion({ present, rows }: List): ContactRow[] {
  const primaries = new Set(present.filter(isPrimary).map(({ contact_id }) => contact_id))
  const demoting = [...rows].flatMap(([contact_id, own]) => {
    let is_primary = primaries.has(contact_id)
    return own.filter(({ role }) => {
      const was = is_primary
      if (role !== null) is_primary = role === 'primary'
      return was && !is_primary
    })
  })
  return demoting.toSorted((a, b) => a.line - b.line).slice(-1)
}

/** R10: the rows that make further primaries, besides the present one, else besides the first of the file. */
function otherPrimaries(about: readonly string[], { present, rows }: List): ContactRow[] {
  const inOrder = about.toSorted((a, b) => lineOf(a, rows) - lineOf(b, rows))
  const former = primaryOf(present)?.contact_id
  const first = former !== undefined && about.includes(former) ? former : inOrder[0]
  return inOrder
    .filter(id => id !== first)
    .flatMap(id => rows.get(id) ?? [])
    .filter(({ role }) => role === 'primary')
}

/** The line of the row that makes a contact the primary. */
function lineOf(contact_id: string, rows: List['rows']): number {
  return rows.get(contact_id)?.findLast(({ role }) => role === 'primary')?.line ?? 0
}

/** R24, R27: the last newcomers, as many as there are too many. */
function lastNewcomers({ limit, used }: { limit: number; used: number }, { present, rows }: List): ContactRow[] {
  const known = new Set(present.map(({ contact_id }) => contact_id))
  const newcomers = [...rows.keys()].filter(id => !known.has(id))
  const free = Math.max(0, Math.max(limit, used) - used)
  return newcomers.slice(free).flatMap(id => rows.get(id) ?? [])
}
