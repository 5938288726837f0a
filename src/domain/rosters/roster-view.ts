import { contactView, type Contact } from '#domain/contact.ts'
import type { RosterContract } from '#domain/roster.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'

/** The contacts of one contract as one list, as it is answered, and as its entity tag sums it up. */
export function rosterView(
  { contract_id, customer_id, seat_limit }: Pick<RosterContract, 'contract_id' | 'customer_id' | 'seat_limit'>,
  contacts: readonly Contact[],
) {
  return {
    contract_id,
    customer_id,
    seats: seatCount(seat_limit, contacts.length),
    contacts: contacts.map(contactView),
  }
}

export type RosterView = ReturnType<typeof rosterView>
