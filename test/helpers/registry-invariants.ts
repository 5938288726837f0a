import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'

// What must hold of the tables whatever was done to them, each as a query for what breaks it. Plain SQL on purpose:
// nothing here goes through the code that keeps the invariants.

const inForce = '(contract.ends_on is null or contract.ends_on >= (select today from moment))'
const present = 'from contacts contact join contracts contract using (contract_id) where contact.removed_at is null'

const VIOLATIONS: Record<string, string> = {
  'R10: a contract with contacts has exactly one primary': `select contract_id ${present} group by contract_id
    having count(*) filter (where role = 'primary') <> 1`,
  'R24: seats_used counts the contacts':
    'select contract_id from contracts where seats_used <> (select count(*) from contacts where ' +
    'contacts.contract_id = contracts.contract_id and removed_at is null)',
  'R27, R35: only billing, the catalogue and a succession put a contract over its limit': `
    with steps as (
      select contract_id, min(history_id) as at, (array_agg((after #>> '{seats,limit}')::integer order by history_id)
        filter (where event ~ '^contract\\.' and after #>> '{seats,limit}' is not null))[1] as seat_limit,
        bool_or(source = 'succession') as is_succession,
        count(*) filter (where event = 'contact.registered') - count(*) filter (where event = 'contact.removed') as gain
      from history where contract_id is not null group by contract_id, request_id),
    states as (
      select contract_id, gain, is_succession, sum(gain) over (partition by contract_id order by at) as used,
        (select limits.seat_limit from steps limits where limits.contract_id = steps.contract_id
          and limits.at <= steps.at and limits.seat_limit is not null order by limits.at desc limit 1) as seat_limit
      from steps)
    select contract_id, used, seat_limit from states
    where gain > 0 and used > seat_limit and not is_succession`,
  'R1–R6: the stored limit is the one that the catalogue gives': `
    select contract_id, seat_limit from contracts join products using (product_id) where seat_limit <> base_seats
      + case when counts_connections then connections else 0 end
      + (select count(*) from apps where kind = 'app' and (
          app_id in (select app_id from product_bundled_apps bundled where bundled.product_id = products.product_id)
          or (counts_apps and app_id in (select app_id from contract_apps used
            where used.contract_id = contracts.contract_id))))`,
  'R19: no person is on a contract twice': `select contract_id ${present} group by contract_id, contact.email_key,
    lower(replace(family_name || coalesce(given_name, ''), ' ', '')) having count(*) > 1`,
  'R21: a person on a contract that has not ended has an open account': `select contact_id ${present} and ${inForce}
    and not exists (select from support_accounts account where account.account_id = contact.account_id
    and closed_at is null)`,
  'R16: an address has one open account':
    'select email_key from support_accounts where closed_at is null group by email_key having count(*) > 1',
  'R20: an open account serves one customer': `select contact_id ${present} and ${inForce} and exists (select
    from support_accounts account where account.account_id = contact.account_id
      and account.customer_id <> contract.customer_id)`,
  'R36: a contact is of the customer of its contract': `select contact_id ${present}
    and contact.customer_id <> contract.customer_id`,
  'R16: a contact of a contract in force and its account have one address': `select contact_id ${present} and ${inForce}
    and not exists (select from support_accounts account
      where account.account_id = contact.account_id and account.email_key = contact.email_key)`,
  'R21: the account of every contact has or had its address': `
    select contact_id from contacts contact join support_accounts account using (account_id)
    where account.email_key <> contact.email_key and not exists (select from left_addresses former
      where former.account_id = contact.account_id and former.email_key = contact.email_key)`,
  'R21: a customer has one account for an address': `select customer_id, email_key from support_accounts
    where superseded_at is null group by customer_id, email_key having count(*) > 1`,
  'R21, R28: a person in force is behind every open account': `select account_id from support_accounts account
    where closed_at is null and not exists (select ${present} and ${inForce}
    and contact.account_id = account.account_id)`,
  'R21: no person who is behind an account is said to have left it, and who closed a closed one is not said to have': `
    select residual.contact_id from residual_accesses residual join support_accounts account using (account_id)
    where (at_closing and closed_at is null) or exists (select ${present} and ${inForce}
      and contact.account_id = residual.account_id and contact.contact_id = residual.contact_id)`,
  'history tells who is registered': `
    select contact_id from contacts contact full join (select contact_id, count(*)
      filter (where event = 'contact.registered') as came, count(*) filter (where event = 'contact.removed') as went
      from history where event like 'contact.%' group by contact_id) told using (contact_id)
    where coalesce(came, 0) <> 1 or went <> (removed_at is not null)::integer`,
}

/** What is broken, by the name of the invariant; empty when all is well. `today` is the day by which contracts end. */
export async function brokenInvariants(db: Db, today: string): Promise<Record<string, unknown[]>> {
  const broken: Record<string, unknown[]> = {}
  for (const [name, query] of Object.entries(VIOLATIONS)) {
    const moment = sql`with moment as (select ${today}::date as today)`
    const rows = await db.run(compiled(sql`${moment} select * from (${sql.raw(query)}) as violation limit 5`))
    if (rows.length > 0) broken[name] = rows
  }
  return broken
}
