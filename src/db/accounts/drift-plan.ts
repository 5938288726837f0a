import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { fromPeopleInForce } from '#db/fragments.ts'
import { unprepared, type Statement } from '#db/driver/statement.ts'
import type { Place, Waiting } from '#domain/accounts/drift-order.ts'

// The steps in which the lines of a report are compared with the accounts, each over all lines at once.

/**
 * Stores the accounts that the report compares, as they are at one moment: those that are open, and closed ones with a
 * user. `is_first`: no other customer ever had the address (R20). Tables are joined as a whole: a look for each account
 * would take longer than a statement may.
 */
export function insertDriftAccounts(report_id: string, today: string): Statement<unknown> {
  return unprepared(sql`
    insert into drift_accounts (report_id, account_id, external_id, email, email_key, is_open, is_first)
    select ${report_id}::uuid, account.account_id, account.external_id, account.email, account.email_key,
      account.closed_at is null and open.account_id is not null, of_several.email_key is null
    from support_accounts account
      left join (select distinct person.account_id ${fromPeopleInForce(today)}) open
        on open.account_id = account.account_id
      left join (
        select email_key from (
          select email_key, customer_id from support_accounts
          union
          select former.email_key, other.customer_id
          from left_addresses former join support_accounts other using (account_id)) held
        group by email_key having count(*) > 1) of_several on of_several.email_key = account.email_key
    where account.closed_at is null and open.account_id is not null or account.external_id is not null`)
}

/**
 * Finds the account of each user: the one that has its id; else the open one at its address, if no other user of the
 * report has that, and no other customer had the address (R20). Of two lines of one user, and of two users at one
 * address, one counts: the first, but a user with an account before one without.
 */
export function updateUsersAccounts(report_id: string): Statement<unknown> {
  return unprepared(sql`
    with known as (
      select lines.line, lines.email_key, account.account_id,
        first_value(lines.line) over (partition by lines.external_id order by lines.line) as first_line
      from drift_lines lines left join drift_accounts account
        on account.report_id = lines.report_id and account.external_id = lines.external_id
      where lines.report_id = ${report_id} and lines.refusal is null
    ), placed as (
      select line, email_key, account_id, first_value(line) over (
        partition by email_key order by (account_id is null)::integer, line) as first_line
      from known where line = first_line
    ), found as (
      select placed.line, coalesce(linked.account_id, own.account_id) as account_id,
        coalesce(linked.email, own.email) as email, coalesce(linked.email_key, own.email_key) as email_key,
        coalesce(linked.is_open, own.is_open, false) as is_open, linked.account_id is not null as is_linked
      from placed
        left join drift_accounts linked on linked.report_id = ${report_id} and linked.account_id = placed.account_id
        left join drift_accounts own on own.report_id = ${report_id} and placed.account_id is null
          and own.email_key = placed.email_key and own.is_open and own.is_first and not exists (
            select from drift_lines other
            where other.report_id = own.report_id and other.external_id = own.external_id)
      where placed.line = placed.first_line
    ), verdicts as (
      select line, null as refusal, null::integer as repeats_line, account_id, email, email_key, is_open, is_linked
      from found
      union all
      select line, 'duplicate_external_id', first_line, null, null, null, false, false
      from known where line <> first_line
      union all
      select line, 'duplicate_email', first_line, account_id, null, null, false, false
      from placed where line <> first_line)
    update drift_lines lines set refusal = verdicts.refusal, repeats_line = verdicts.repeats_line,
      account_id = verdicts.account_id, is_open = verdicts.is_open, is_linked = verdicts.is_linked,
      target_email = case when verdicts.is_open and verdicts.email_key <> lines.email_key then verdicts.email end,
      target_key = case when verdicts.is_open and verdicts.email_key <> lines.email_key then verdicts.email_key end
    from verdicts where lines.report_id = ${report_id} and lines.line = verdicts.line`)
}

/** Adds a line for each open account without a user, after the lines of the report. */
export function insertMissingUsers(report_id: string, last_line: number): Statement<unknown> {
  return unprepared(sql`
    insert into drift_lines (report_id, line, kind, account_id, is_open, target_email, target_key, anchor)
    select report_id, place, 'missing', account_id, true, email, email_key, place
    from (
      select account.*, (${last_line} + row_number() over (order by account.account_id))::integer as place
      from drift_accounts account
      where account.report_id = ${report_id} and account.is_open
        and not exists (
          select from drift_lines lines
          where lines.report_id = account.report_id and lines.account_id = account.account_id)
        and not exists (
          select from drift_lines lines
          where lines.report_id = account.report_id and lines.external_id = account.external_id)) missing`)
}

/** Notes for each user who gets an address the line whose user holds it, and that this user has to leave. */
export function updateHolders(report_id: string): Statement<unknown> {
  return unprepared(sql`
    with holders as (
      select waiting.line, holder.line as holder_line, holder.is_open
      from drift_lines waiting join drift_lines holder
        on holder.report_id = waiting.report_id and holder.email_key = waiting.target_key and holder.refusal is null
      where waiting.report_id = ${report_id} and waiting.target_key is not null
    ), changes as (
      select line, holder_line, false as is_freed from holders
      union all
      select holder_line, null, true from holders where not is_open)
    update drift_lines lines set holder_line = changes.holder_line, is_freed = changes.is_freed
    from changes where lines.report_id = ${report_id} and lines.line = changes.line`)
}

/** Every user who gets an address that another one holds, in the order of the lines. */
export async function listWaiting(db: Db, report_id: string): Promise<Waiting[]> {
  return await db.run(
    unprepared(sql<Waiting>`
    select line, holder_line as holder from drift_lines
    where report_id = ${report_id} and holder_line is not null
    order by line`),
  )
}

/** Gives lines their places in the order of steps. */
export function updatePlaces(report_id: string, places: readonly Place[]): Statement<unknown> {
  return unprepared(sql`
    update drift_lines lines set anchor = place.anchor, depth = place.depth
    from unnest(${places.map(({ line }) => line)}::integer[], ${places.map(({ anchor }) => anchor)}::integer[],
      ${places.map(({ depth }) => depth)}::integer[]) as place (line, anchor, depth)
    where lines.report_id = ${report_id} and lines.line = place.line`)
}

/** Adds a line for each user who has to leave its address before others can move, after all lines. */
export function insertFreedUsers(report_id: string, freed: readonly number[]): Statement<unknown> {
  return unprepared(sql`
    insert into drift_lines (report_id, line, kind, external_id, email, name, account_id, anchor)
    select report_id, ((select max(line) from drift_lines where report_id = ${report_id})
      + row_number() over (order by line))::integer, 'freed', external_id, email, name, account_id, line
    from drift_lines where report_id = ${report_id} and line = any(${freed}::integer[])`)
}
