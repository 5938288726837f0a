import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared } from '#db/driver/statement.ts'
import { fromPeopleInForce } from '#db/fragments.ts'

/** The contracts that list the person of a contact, by the contact's own contract. */
export type PersonContracts = {
  contract_id: string
  ends_on: string | null
  removed_at: string | null
  /** The contracts in force on which the person is registered, sorted. */
  contract_ids: string[]
}

const findStatement = prepared<{ contact_id: string; today: string }, PersonContracts>(
  parameter => sql`
  select named.contract_id, own.ends_on, named.removed_at, coalesce((
      select array_agg(person.contract_id order by person.contract_id)
      ${fromPeopleInForce(parameter('today'))}
        and person.account_id = named.account_id and person.name_key = named.name_key), '{}') as contract_ids
  from contacts named join contracts own on own.contract_id = named.contract_id
  where named.contact_id = ${parameter('contact_id')}`,
)

/** The contracts of the person whom a contact is: the same address and the same name at one customer (R19, R34). */
export async function findPersonContracts(
  db: Db,
  contact_id: string,
  today: string,
): Promise<PersonContracts | undefined> {
  return first(await db.run(findStatement({ contact_id, today })))
}
