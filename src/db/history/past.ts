import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { prepared, type ParameterOf } from '#db/driver/statement.ts'
import { isoTime } from '#db/fragments.ts'
import { contactRecordAt, contractRecordAt, hasPast } from '#db/history/past-records.ts'
import type { ContactView } from '#domain/contact.ts'
import type { ContractPast } from '#domain/contracts/contract-past.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { Role } from '#domain/vocabulary.ts'

type Moment = { contract_id: string; as_of: string }

/** A contract's facts at a moment. Without `terms` the registry did not know it yet. */
type PastFacts = Pick<ContractPast, 'over_since' | 'is_registered'> & {
  customer_id: string
  terms: ContractPast['terms'] | null
  seats: ContractPast['seats'] | null
}

const findFactsStatement = prepared<Moment, PastFacts>(parameter => {
  const last = (events: string) => sql`
      from history
      where contract_id = ${parameter('contract_id')} and event like 'contract.%' and event in (${sql.raw(events)})
        and occurred_at <= ${parameter('as_of')}
      order by occurred_at desc, history_id desc
      limit 1`
  const [contract_id, as_of] = [parameter('contract_id'), parameter('as_of')]
  const terms = sql`jsonb_build_object('updated_at', ${isoTime('occurred_at')}) || after`
  // For a moment before it was known, a contract with registrations of the past is as its first record has it (R39).
  const firstRecord = (value: RawBuilder<unknown>) => sql`case when ${hasPast(contract_id, as_of)} then (
      select ${value} from history
      where contract_id = ${contract_id} and event like 'contract.%'
      order by occurred_at, history_id
      limit 1) end`
  return sql`
  select coalesce(contracts.customer_id, former.customer_id) as customer_id,
    coalesce((select ${terms}
      ${last("'contract.created', 'contract.changed', 'contract.deleted'")}), ${firstRecord(terms)}) as terms,
    coalesce((select after
      ${last("'contract.created', 'contract.changed', 'contract.deleted', 'contract.seats_changed'")}),
      ${firstRecord(sql`after`)}) as seats,
    (select case when event = 'contract.went_over_limit' then occurred_at end
      ${last("'contract.went_over_limit', 'contract.came_within_limit'")}) as over_since,
    coalesce(registered_at <= ${as_of}, false) or ${hasPast(contract_id, as_of)} as is_registered
  from (select customer_id from history
      where contract_id = ${parameter('contract_id')} and event like 'contract.%'
      order by occurred_at desc, history_id desc
      limit 1) former
    full join (select customer_id, registered_at from contracts
      where contract_id = ${parameter('contract_id')}) contracts on true`
})

/** A contract at a moment, from its history; undefined where there never was such a contract. */
export async function findPastFacts(db: Db, moment: Moment): Promise<PastFacts | undefined> {
  return first(await db.run(findFactsStatement(moment)))
}

// What earlier records of a contact do not say.
type RecordedLater =
  'mailbox_shared' | 'privacy_notice_shown_at' | 'first_registered_at' | 'carried_from' | 'updated_at'

/** A contact as history recorded it, when, and the names of all people in force who used its address then. */
export type PastContact = {
  contact: Omit<ContactView, RecordedLater> & Partial<ContactView>
  occurred_at: string
  people: PersonName[]
  /** When the person's data was erased since (R33). */
  erased_at: string | null
}

/** `day` is the day of the moment in the vendor's time zone. */
type ContactsPage = { day: string; after: string; role: Role | null; limit: number | null }

/**
 * The names of the people in force at a moment who used the address of the contact of `entry` then: of those who are
 * behind its account now, were removed since, or took another address since. Mostly that is the contact alone.
 */
const peopleThen = (parameter: ParameterOf<Moment & ContactsPage>): RawBuilder<unknown> => sql`
  select jsonb_agg(distinct jsonb_build_object(
    'family_name', record.after ->> 'family_name', 'given_name', record.after ->> 'given_name')) as people
  from (
    select contact_id from contacts
    where account_id = (entry.after ->> 'account_id')::uuid and removed_at is null
    union
    select contact_id from contacts
    where account_id = (entry.after ->> 'account_id')::uuid and removed_at > ${parameter('as_of')}
    union
    select departure.contact_id from history departure
      join contacts on contacts.contact_id = departure.contact_id
    where departure.before ->> 'account_id' = entry.after ->> 'account_id' and departure.event = 'contact.changed'
      and departure.before ->> 'account_id' <> departure.after ->> 'account_id'
      and departure.occurred_at > ${parameter('as_of')}
      and (contacts.removed_at is null or contacts.removed_at > ${parameter('as_of')})) candidate
    cross join lateral ${contactRecordAt('candidate.contact_id', parameter('as_of'))} record
    cross join lateral ${contractRecordAt(sql`record.after ->> 'contract_id'`, parameter('as_of'))} contract
  where record.after ->> 'account_id' = entry.after ->> 'account_id'
    and record.after ->> 'customer_id' = entry.after ->> 'customer_id'
    and (contract.after ->> 'ends_on' is null or (contract.after ->> 'ends_on')::date >= ${parameter('day')}::date)`

// The contacts of that moment are those present now and those removed since; each as its record of then.
const listContactsStatement = prepared<Moment & ContactsPage, PastContact>(
  parameter => sql`
  with present as (
    select contact_id, erased_at from contacts
    where contract_id = ${parameter('contract_id')} and removed_at is null and registered_at <= ${parameter('as_of')}
    union all
    select contact_id, erased_at from contacts
    where contract_id = ${parameter('contract_id')} and removed_at > ${parameter('as_of')}
      and registered_at <= ${parameter('as_of')})
  select entry.after as contact, entry.occurred_at, coalesce(mailbox.people, '[]') as people, present.erased_at
  from present cross join lateral ${contactRecordAt('present.contact_id', parameter('as_of'))} entry
    cross join lateral (${peopleThen(parameter)}) mailbox
  where present.contact_id > ${parameter('after')}
    and (${parameter('role')}::text is null or entry.after ->> 'role' = ${parameter('role')})
  order by present.contact_id
  limit ${parameter('limit')}`,
)

/**
 * A page of the contacts that a contract had at a moment, as they were then, in the order of their registration; all of
 * them where `limit` is null.
 */
export async function listPastContacts(
  db: Db,
  moment: Moment & { day: string },
  { role }: { role?: Role },
  page: { after: string; limit: number | null },
): Promise<PastContact[]> {
  return await db.run(listContactsStatement({ ...moment, ...page, role: role ?? null }))
}
