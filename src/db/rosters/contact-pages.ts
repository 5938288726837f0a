import { type RawBuilder, sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import { contactsOn } from '#db/fragments.ts'
import type { Contact } from '#domain/contact.ts'
import type { Role } from '#domain/vocabulary.ts'

/** Which contacts a list holds: those that fit every filter, and of a filter any of its values. */
export type ContactFilter = {
  customer_ids?: readonly string[]
  contract_ids?: readonly string[]
  roles?: readonly Role[]
  name_doubtful?: boolean
  /** Only contacts of whom the registry does not know which privacy notice they were shown (R32). */
  without_notice?: boolean
  updated_since?: string
}

/** A place in the list of contacts; with a moment, in the order of changes. */
export type ContactPosition = { contact_id: string; updated_at?: string }

/** A page of the present contacts in the order of their registration; with `updated_since`, of their changes. */
export async function listContacts(
  db: Db,
  { customer_ids, contract_ids, roles, name_doubtful, without_notice, updated_since }: ContactFilter,
  { after, limit }: { after: ContactPosition; limit: number },
  today: string,
): Promise<Contact[]> {
  let query = contactsOn(today).where('removed_at', 'is', null)
  if (customer_ids !== undefined) query = query.where('customer_id', 'in', customer_ids)
  if (contract_ids !== undefined) query = query.where('contract_id', 'in', contract_ids)
  if (roles !== undefined) query = query.where('role', 'in', roles)
  if (name_doubtful !== undefined)
    query = query.where(name_doubtful ? sql<boolean>`name_doubtful` : sql<boolean>`not name_doubtful`)
  if (without_notice === true) query = query.where('privacy_notice_version', 'is', null)
  query =
    updated_since === undefined
      ? query.where('contact_id', '>', after.contact_id)
      : query.where(isUpdatedAfter(after, updated_since)).orderBy('updated_at')
  return await db.run(compiled(query.orderBy('contact_id').limit(limit)))
}

function isUpdatedAfter({ contact_id, updated_at }: ContactPosition, since: string): RawBuilder<boolean> {
  return sql`(updated_at, contact_id) > (${updated_at ?? since}::timestamptz, ${contact_id}::uuid)`
}

/** The place of a contact in the list that a filter makes. */
export function positionAfter({ contact_id, updated_at }: Contact, { updated_since }: ContactFilter): ContactPosition {
  return updated_since === undefined ? { contact_id } : { contact_id, updated_at }
}
