import pg from 'pg'

// A registry after years of use: a few contacts a contract, the oldest third of the contracts ended and the oldest
// third of the contacts removed, one contract in 500 over its limit, one in a hundred yet to start.
const FILL = `
  insert into customers
  select 'K' || lpad(n::text, 7, '0'), '株式会社' || n, timestamptz '2024-04-01T00:00:00Z' + n * interval '1 minute'
  from generate_series(1, $contracts / 2) n;

  insert into contracts (contract_id, customer_id, product_id, connections, starts_on, ends_on, seat_limit, seats_used,
    registered_at, over_since, end_recorded_at, updated_at)
  select 'C' || lpad(n::text, 7, '0'), 'K' || lpad(((n + 1) / 2)::text, 7, '0'), (array['manage', 'manage_ac',
    'manage_ac_smart', 'data_link', 'erp_hosting'])[n % 5 + 1], 0,
    case when n % 100 = 0 then date '2026-04-02' + n % 301 else date '2020-04-01' + n % 2000 end,
    case when n % 100 = 0 then null when n <= $contracts / 3 then date '2025-10-01' + n % 181
      when n % 3 > 0 then date '2026-04-01' + n % 701 end,
    case when n % 500 = 0 then 3 else 4 end, case when n <= $contracts / 3 then 0 else 4 end, '2024-04-01T00:00:00Z',
    case when n % 500 = 0 and n > $contracts / 3 then timestamptz '2025-04-01T00:00:00Z' end,
    case when n <= $contracts / 3 and n % 200 > 0 and n % 100 > 0 then timestamptz '2026-04-01T00:00:00Z' end,
    timestamptz '2024-04-01T00:00:00Z' + n * interval '1 minute'
  from generate_series(1, $contracts) n;

  insert into contract_apps select contract_id, 'attendance', 1 from contracts where product_id like 'manage%';

  insert into support_accounts (account_id, customer_id, email, email_key, opened_at, closed_at)
  select lpad(to_hex(n), 32, '0')::uuid, 'K' || lpad((((n + 3) / 4 + 1) / 2)::text, 7, '0'), 'p' || n || '@example.jp',
    'p' || n || '@example.jp',
    '2024-04-01T00:00:00Z', case when n <= $contacts / 3 then timestamptz '2025-04-01T00:00:00Z' end
  from generate_series(1, $contacts) n;

  insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name,
    name_key, name_doubtful,
    email, email_key, privacy_notice_version, registered_at, first_registered_at, removed_at)
  select account_id, 'C' || lpad(((n + 3) / 4)::text, 7, '0'), customer_id, account_id, case
    when n % 4 = 1 then 'primary' else 'secondary' end, '{}', '人', n::text, '人' || n, n % 997 = 0,
    email, email_key, '2025-10', opened_at, opened_at, closed_at
  from support_accounts, lateral (select ('x' || right(account_id::text, 8))::bit(32)::integer as n) as numbered;

  update contacts set search_text = (array['田', '山田太郎', '高橋恵', '人',
      'smithjohnsmith', '佐藤次郎', '小田切愛', '鈴木'])[
      ('x' || right(contact_id::text, 4))::bit(16)::integer % 8 + 1] || case
      when contact_id = lpad(to_hex($contacts / 2), 32, '0')::uuid then '鷁' else '' end;
  insert into contact_name_parts select removed_at is not null, part, contact_id
  from contacts, name_parts(search_text) part;
  update customers set search_text = name;
  insert into customer_name_parts select part, customer_id from customers, name_parts(search_text) part;

  insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id, contact_id,
    account_id, after)
  select registered_at, 'test', 'test', 'direct', 'contact.registered', contact_id::text, customer_id, contract_id,
    contact_id,
    account_id, jsonb_build_object('contact_id', contact_id, 'role', role) from contacts;

  insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id, after)
  select '2024-04-01T00:00:00Z', 'test', 'test', 'direct', 'contract.created', contract_id, customer_id, contract_id,
    '{"seats": {}}' from contracts;

  insert into change_requests (change_request_id, contract_id, customer_id, state, operations, concerns_contract,
    requested_by, effective_on, needs_confirmation, approved_by, approved_at, received_at, closed_at, filed_by)
  select lpad(to_hex(n), 32, '0')::uuid, 'C' || lpad(n::text, 7, '0'), 'K' || lpad(((n + 1) / 2)::text, 7, '0'), case
    when n % 50 = 0 then 'scheduled' when n % 50 = 1 then 'ready' else 'applied' end,
    '[{}]', false, '{}', case when n % 50 = 0 then date '2026-04-01' + n % 30 end, '{}',
    case when n % 50 = 0 then '{"client": "test", "credential": "root", "on_behalf_of": null}'::jsonb end, case
      when n % 50 = 0 then timestamptz '2025-04-01T00:00:00Z' end, '2025-04-01T00:00:00Z', case
      when n % 50 > 1 then timestamptz '2025-04-01T00:00:00Z' end, '[]'
  from generate_series(1, $contracts) n;

  -- Every third person was changed on all contracts once, and one in the middle often.
  insert into change_requests (change_request_id, contract_id, customer_id, state, operations, person_change,
    concerns_contract, requested_by, needs_confirmation, received_at, closed_at, filed_by)
  select lpad(to_hex($contacts + n), 32, '0')::uuid, null, customer_id,
    case when n % 5 = 0 then 'ready' else 'applied' end, '[]',
    jsonb_build_object('contact_id', contact_id, 'changes', '{"family_name": "人"}'::jsonb), false, '{}', '{}',
    '2024-05-01T00:00:00Z', case when n % 5 > 0 then timestamptz '2024-05-01T00:00:00Z' end, '[]'
  from (
    select row_number() over () as n, contact_id, customer_id
    from contacts, generate_series(1, case when contact_id = lpad(to_hex($contacts * 3 / 5), 32, '0')::uuid
      then 20 else 1 end) times
    where right(contact_id::text, 1) in ('0', '3', '6', '9', 'c') or times > 1) asked;
  insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id, contact_id,
    account_id, change_request_id, before, after)
  select request.received_at, 'test', 'test', 'change_request', 'contact.changed', contact_id::text,
    contact.customer_id, contact.contract_id, contact_id, account_id, change_request_id, '{}', '{}'
  from change_requests request join contacts contact
    on contact.contact_id::text = request.person_change ->> 'contact_id'
  where request.state = 'applied';

  analyze`

/** Fills a migrated database with this many contacts, four on each contract. Foreign keys are not checked meanwhile. */
export async function fillRegistry(url: string, contacts: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query("set session_replication_role = 'replica'")
    await client.query(FILL.replaceAll('$contacts', String(contacts)).replaceAll('$contracts', String(contacts / 4)))
  } finally {
    await client.end()
  }
}
