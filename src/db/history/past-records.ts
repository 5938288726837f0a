import { sql, type RawBuilder } from 'kysely'

type Sql<Value> = RawBuilder<Value>

// An import brings registrations that are older than the registry (R39). They count only for moments before the
// contract's first entry: from then on history speaks, so that no answer once given changes.
const BEGAN = (contract_id: string): Sql<string> => sql`(
    select occurred_at from history first_entry
    where first_entry.contract_id = ${sql.ref(contract_id)} and event like 'contract.%'
    order by occurred_at, history_id
    limit 1)`

/** What history says of a contact at a moment: its last record until then, or that of a registration of the past. */
export const contactRecordAt = (contact_id: string, as_of: Sql<string>): Sql<unknown> => sql`(
    (select after, occurred_at from history
    where history.contact_id = ${sql.ref(contact_id)} and event in ('contact.registered', 'contact.changed')
      and occurred_at <= ${as_of}
    order by occurred_at desc, history_id desc
    limit 1)
    union all
    (select after, occurred_at from history
    where history.contact_id = ${sql.ref(contact_id)} and event = 'contact.registered' and occurred_at > ${as_of}
      and (after ->> 'registered_at')::timestamptz <= ${as_of} and ${as_of} < ${BEGAN('history.contract_id')}
    order by occurred_at, history_id
    limit 1))`

/** What history says of a contract's terms at a moment; for earlier ones, its first record. */
export const contractRecordAt = (contract_id: Sql<string>, as_of: Sql<string>): Sql<unknown> => sql`(
    (select after, occurred_at, history_id from history
    where history.contract_id = ${contract_id} and event like 'contract.%'
      and event in ('contract.created', 'contract.changed') and occurred_at <= ${as_of}
    order by occurred_at desc, history_id desc
    limit 1)
    union all
    (select after, occurred_at, history_id from history
    where history.contract_id = ${contract_id} and event like 'contract.%'
      and event in ('contract.created', 'contract.changed')
    order by occurred_at, history_id
    limit 1)
    order by occurred_at desc, history_id desc
    limit 1)`

/** Whether a contract has registrations of the past, at a moment before its first entry. */
export const hasPast = (contract_id: Sql<string>, as_of: Sql<string>): Sql<boolean> => sql`(exists (
      select from contacts imported
      where imported.contract_id = ${contract_id} and removed_at is null and registered_at <= ${as_of}
        and ${as_of} < ${BEGAN('imported.contract_id')})
    or exists (
      select from contacts imported
      where imported.contract_id = ${contract_id} and removed_at is not null and registered_at <= ${as_of}
        and ${as_of} < ${BEGAN('imported.contract_id')}))`
