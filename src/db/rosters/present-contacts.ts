import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { prepared } from '#db/driver/statement.ts'
import { isoTime } from '#db/fragments.ts'
import type { PresentContact } from '#domain/contacts/present-person.ts'

// A contact that goes on from another one is the same person. `updated_at` leaves out the contacts that have not
// changed since. History has the names of before.
const listPresentStatement = prepared<
  { contract_id: string; addresses: readonly string[]; since: string; today: string },
  PresentContact
>(
  parameter => sql`
  select person.contact_id, person.family_name, person.given_name, person.name_doubtful, person.email,
    person.email_key, person.first_registered_at, coalesce((
      select jsonb_agg(jsonb_build_object('family_name', entry.before ->> 'family_name',
        'given_name', entry.before ->> 'given_name', 'email', entry.before ->> 'email',
        'is_same', entry.source = 'person_change' or exists (
          select from change_requests request
          where request.change_request_id = entry.change_request_id and request.person_change is not null),
        'until', ${isoTime('entry.occurred_at')}) order by entry.history_id)
      from history entry
      where entry.contact_id in (
          with recursive carried as (
            select person.contact_id, person.carried_from
            union
            select former.contact_id, former.carried_from
            from contacts former join carried on former.contact_id = carried.carried_from)
          select contact_id from carried)
        and entry.event = 'contact.changed'
        and entry.occurred_at >= ${parameter('since')} and (
          entry.before ->> 'name' <> entry.after ->> 'name' or entry.before ->> 'email' <> entry.after ->> 'email')
      ), '[]') as former
  from contacts person
    join contracts contract on contract.contract_id = person.contract_id
  where person.removed_at is null
    and (contract.ends_on is null or contract.ends_on >= ${parameter('today')}
      or contract.contract_id = ${parameter('contract_id')})
    and person.customer_id = (select customer_id from contracts where contract_id = ${parameter('contract_id')})
    and (person.email_key = any(${parameter('addresses')}) or person.updated_at >= ${parameter('since')})
  order by person.contact_id`,
)

/**
 * The contacts of a contract, and those in force of its customer, that have one of these addresses, or have changed
 * since a moment.
 */
export async function listPresentContacts(
  db: Db,
  { contract_id, addresses, since }: { contract_id: string; addresses: readonly string[]; since: string },
  today: string,
): Promise<PresentContact[]> {
  return await db.run(listPresentStatement({ contract_id, addresses, since, today }))
}
