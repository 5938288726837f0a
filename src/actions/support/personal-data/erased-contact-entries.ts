import type { ErasablePerson } from '#actions/support/personal-data/erasable-people.ts'
import type { HistoryEntry } from '#db/history/history.ts'
import type { ErasedRecords } from '#actions/support/personal-data/erase-records.ts'
import { contactAnswer, type Contact } from '#domain/contact.ts'
import { redactionRecord } from '#domain/history/history-chain.ts'
import type { ErasureReason } from '#domain/vocabulary.ts'

type Said = Pick<ErasedRecords, 'history' | 'requests'> & { now: string; reason: ErasureReason }

/** The record of an erasure: the first entry of a person names the records that lost what they said of the person. */
export function erasedContactEntries(
  { contacts }: ErasablePerson,
  place: number,
  { now, reason, history, requests }: Said,
): HistoryEntry[] {
  return contacts.map((contact, index) => {
    const isNamed = ({ people }: { people: readonly number[] }): boolean => index === 0 && people.includes(place)
    return {
      event: 'contact.erased',
      ...placeOf(contact),
      after: {
        ...contactAnswer({ ...contact, name_doubtful: false, erased_at: now, updated_at: now }),
        reason,
        change_request_ids: requests.filter(isNamed).map(({ id }) => id),
        ...redactionRecord(history.filter(isNamed)),
      },
    }
  })
}

function placeOf({ contact_id, contract_id, customer_id, account_id }: Contact) {
  return { subject_id: contact_id, customer_id, contract_id, contact_id, account_id }
}
