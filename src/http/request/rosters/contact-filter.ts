import type { Static } from 'typebox'
import type { ContactFilter, ContactPosition } from '#db/rosters/contact-pages.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { isMoment } from '#domain/moment.ts'
import { sinceMoment } from '#http/request/moment-of.ts'
import { isIdPosition } from '#http/request/paging.ts'
import type { ContactQuery } from '#http/schemas/rosters/contact-parameters.ts'

/** The contacts that a client asks for. A contact has to fit every filter, and one value of each. */
export function contactFilterOf(query: Static<typeof ContactQuery>): ContactFilter {
  const { customer_id, contract_id, role, name_doubtful, privacy_notice, updated_since } = query
  return {
    ...(customer_id !== undefined && { customer_ids: customer_id }),
    ...(contract_id !== undefined && { contract_ids: contract_id }),
    ...(role !== undefined && { roles: role }),
    ...(name_doubtful !== undefined && { name_doubtful }),
    ...(privacy_notice !== undefined && { without_notice: true }),
    ...(updated_since !== undefined && { updated_since: sinceMoment(updated_since) }),
  }
}

/** The position before the first contact of a list. */
export const FIRST_CONTACT: ContactPosition = { contact_id: FIRST_UUID }

/** Whether a cursor holds a place in a list of contacts. */
export function isContactPosition(value: unknown): value is ContactPosition {
  const { contact_id, updated_at } = (value ?? {}) as Record<string, unknown>
  return isIdPosition(contact_id) && (updated_at === undefined || isMoment(updated_at))
}
