import { contactView, type Contact } from '#domain/contact.ts'
import type { Channel } from '#domain/vocabulary.ts'

/** The form that registers the first contacts, as far as it is kept (R23). */
export type ApplicationForm = {
  contract_id: string
  customer_id: string
  /** The form's version, `YYYY-MM`. */
  form_version: string
  /** The day on which the form came in, `YYYY-MM-DD`. */
  received_on: string
  channel: Channel
  privacy_notice_version: string
  /** How many contacts a form of this version could register on the contract then. */
  seat_limit: number
  registered_at: string
  contact_ids: string[]
}

/** A form as it is answered, with the present state of the contacts that it registered. */
export function applicationFormView(
  {
    contract_id,
    customer_id,
    form_version,
    received_on,
    channel,
    privacy_notice_version,
    seat_limit,
    registered_at,
  }: ApplicationForm,
  contacts: readonly Contact[],
) {
  return {
    contract_id,
    customer_id,
    form_version,
    received_on,
    channel,
    privacy_notice_version,
    seat_limit,
    registered_at,
    contacts: contacts.map(contactView),
  }
}

export type ApplicationFormView = ReturnType<typeof applicationFormView>

/** The last version whose forms register up to the full limit; later ones register up to the base seats. */
const LAST_FULL_VERSION = '2022-09'

/** R23: how many contacts a form may register. Its version decides, not the contract's date. Versions are `YYYY-MM`. */
export function formSeatLimit(
  form_version: string,
  { base_seats, seat_limit }: { base_seats: number; seat_limit: number },
): number {
  return form_version <= LAST_FULL_VERSION ? seat_limit : Math.min(base_seats, seat_limit)
}
