import type { ContactRow } from '#domain/imports/import-contact-row.ts'
import { personKey } from '#domain/person-key.ts'
import { saysTheSame, type DesiredContact } from '#domain/roster.ts'

/** What a row does to the list, and the earlier row of the same person, where there is one. */
type RowEffect = {
  row: ContactRow
  contact_id: string
  outcome: 'created' | 'changed' | 'unchanged'
  same_as_line: number | null
}

/** The list of a contract after rows, and what each of them does to it. */
export type AppliedRows = { contacts: DesiredContact[]; effects: RowEffect[] }

/**
 * The list of a contract once rows are added to it in their order (R39). A row is about the contact that it names, else
 * about the same person at the same address (R19), else about a newcomer. What it leaves out stays (R38).
 */
export function applyRows(present: readonly DesiredContact[], rows: readonly ContactRow[]): AppliedRows {
  const former = new Map(present.map(contact => [contact.contact_id, contact]))
  const contacts = new Map(former)
  const persons = new Map(present.map(contact => [personKey(contact), contact.contact_id]))
  const lines = new Map<string, number>()
  const effects: RowEffect[] = []
  for (const row of rows) {
    const contact_id = row.named ?? persons.get(personKey(row.contact)) ?? row.contact.contact_id
    const before = contacts.get(contact_id)
    const after = before === undefined ? row.contact : changedBy(row, before, !lines.has(contact_id))
    const outcome = before === undefined ? 'created' : saysTheSame(before, after) ? 'unchanged' : 'changed'
    effects.push({ row, contact_id, outcome, same_as_line: lines.get(contact_id) ?? null })
    contacts.set(contact_id, after)
    persons.set(personKey(after), contact_id)
    lines.set(contact_id, lines.get(contact_id) ?? row.line)
  }
  return { contacts: [...contacts.values()], effects: effects.map(effect => netEffect(effect, former, contacts)) }
}

/** Rows of one contact that take back each other's changes change nothing: the same file again says so of all. */
function netEffect(
  effect: RowEffect,
  former: ReadonlyMap<string, DesiredContact>,
  contacts: ReadonlyMap<string, DesiredContact>,
): RowEffect {
  const before = former.get(effect.contact_id)
  const after = contacts.get(effect.contact_id)
  const isSame = before !== undefined && after !== undefined && saysTheSame(before, after)
  return isSame ? { ...effect, outcome: 'unchanged' } : effect
}

/** A contact as a row changes it. Of a contact that an earlier row brings, the first row's privacy notice counts. */
function changedBy(row: ContactRow, before: DesiredContact, isFirst: boolean): DesiredContact {
  const { contact, role, duties } = row
  return {
    ...before,
    ...contact,
    contact_id: before.contact_id,
    role: role ?? before.role,
    duties: duties === null ? before.duties : contact.duties,
    ...(!isFirst && {
      privacy_notice_version: before.privacy_notice_version,
      privacy_notice_shown_at: before.privacy_notice_shown_at,
    }),
  }
}
