import { HEADERS, type BenchService } from './bench-service.ts'
import type { WrkLoad } from './wrk.ts'

// What callers ask of a synthetic registry, as wrk makes the requests: Lua that knows how `synthetic-registry.ts` names
// things.

/** Contracts that registrations go to: thousands of seats each, so that none is ever full. */
export const OPEN_CONTRACTS = 20_000

/**
 * Lua functions: the address of a random contact, of whom those that share a mailbox ask as the first; 100 of them; a
 * random contract.
 */
export const preludeFor = (contacts: number): string => `
  local function address()
    local n = math.random(1, ${contacts}); local contract = math.ceil(n / 4)
    if n % 4 == 0 and contract % 5 == 0 then n = n - 1 end
    if n % 50 == 1 then return "user" .. n .. "@gmail.com" end
    return "user" .. n .. "@c" .. math.ceil(math.ceil(n / 4) / 2) .. ".example.co.jp"
  end
  local function hundred()
    local all = {}
    for i = 1, 100 do all[i] = '{"from":"' .. address() .. '"}' end
    return table.concat(all, ",")
  end
  local function contract() return "C" .. math.random(1, ${Math.floor(contacts / 4)}) end
  local run, registered = math.random(1, 1000000000), 0
  local function newcomer(role, domain)
    registered = registered + 1
    return '{"role":"' .. role .. '","family_name":"山田","given_name":"太郎",'
      .. '"email":"r' .. run .. '-' .. registered .. '@' .. domain
      .. '","privacy_notice_version":"2025-10"}'
  end`

type Requests = Record<'check' | 'hundred' | 'roster' | 'page' | 'register', (connections: number) => WrkLoad> & {
  hotContract: (contract_id: string, connections: number) => WrkLoad
}

export function requestsOf({ origin }: Pick<BenchService, 'origin'>, contacts: number): Requests {
  const common = { origin, headers: HEADERS, prelude: preludeFor(contacts), statuses: [200] }
  const checks = { ...common, method: 'POST' as const, path: '"/v1/sender-checks"' }
  return {
    check: connections => ({ ...checks, connections, body: `'{"from":"' .. address() .. '"}'` }),
    hundred: connections => ({
      ...checks,
      connections,
      path: '"/v1/sender-check-batches"',
      body: `'{"senders":[' .. hundred() .. ']}'`,
    }),
    roster: connections => ({
      ...common,
      connections,
      method: 'GET',
      path: '"/v1/contracts/" .. contract() .. "/roster"',
    }),
    page: connections => ({
      ...common,
      connections,
      method: 'GET',
      path: `"/v1/contracts?limit=20&customer_id=K" .. math.random(1, ${Math.floor(contacts / 8)})`,
    }),
    register: connections => ({
      ...common,
      connections,
      method: 'POST',
      path: `"/v1/contracts/open-" .. math.random(1, ${OPEN_CONTRACTS}) .. "/contacts"`,
      body: 'newcomer("secondary", "bench.example.jp")',
      statuses: [201],
    }),
    hotContract: (contract_id, connections) => ({
      ...common,
      connections,
      method: 'POST',
      path: `"/v1/contracts/${contract_id}/contacts"`,
      body: 'newcomer("secondary", "hot.example.jp")',
      statuses: [201, 409],
    }),
  }
}

/** Contracts with one primary each, below a customer each. */
export const OPEN_CONTRACTS_SQL = `
insert into customers (customer_id, name) select 'customer-' || n, '株式会社' || n from generate_series(1,
  ${OPEN_CONTRACTS}) n;
insert into contracts (contract_id, customer_id, product_id, connections, starts_on, seat_limit, seats_used,
  registered_at)
  select 'open-' || n, 'customer-' || n, 'data_link', 10000, '2024-04-01', 10002, 1, now() from generate_series(1,
    ${OPEN_CONTRACTS}) n;
insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
  select lpad(to_hex(n + (1::bigint << 60)), 32, '0')::uuid, 'customer-' || n, 'primary' || n || '@bench.example.jp',
    'primary' || n || '@bench.example.jp', now() from generate_series(1, ${OPEN_CONTRACTS}) n;
insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key,
  name_doubtful, email, email_key, privacy_notice_version, registered_at, first_registered_at)
  select uuidv7(), 'open-' || n, 'customer-' || n, lpad(to_hex(n + (1::bigint << 60)), 32, '0')::uuid, 'primary', '{}',
    '佐藤', '佐藤', false, 'primary' || n || '@bench.example.jp', 'primary' || n || '@bench.example.jp', '2025-10',
    now(), now() from generate_series(1, ${OPEN_CONTRACTS}) n;
`

/** The question of a sender check, for pgbench: the same statement for one address. */
export const checkScript = (contacts: number): string => `
\\set c random(1, ${Math.floor(contacts / 4)})
\\set n 4 * :c - 2
\\set k (:c + 1) / 2
select account.email_key, account.account_id, account.customer_id, account.email, contact.contact_id,
  contact.contract_id, contact.role, contact.duties,
  contact.family_name, contact.given_name, contact.registered_at, contract.product_id, contract.starts_on,
    contract.ends_on
from support_accounts account join contacts contact on contact.account_id = account.account_id
  and contact.removed_at is null
  join contracts contract on contract.contract_id = contact.contract_id
where account.email_key = 'user' || :n::text || '@c' || :k::text || '.example.co.jp' and account.closed_at is null;
`

/** What a registration writes, for pgbench: eight statements with a round trip each. */
export const REGISTRATION_SCRIPT = `
\\set n random(1, ${OPEN_CONTRACTS})
\\set a random(1, 9000000000000000)
begin;
select contract_id, customer_id, starts_on, ends_on, seat_limit, seats_used, registered_at from contracts
  where contract_id = 'open-' || :n::text for no key update;
select count(*) from contacts where contract_id = 'open-' || :n::text and removed_at is null;
insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
  values (lpad(to_hex(:a::bigint), 32, '0')::uuid, 'customer-' || :n::text, 'p' || :a::text || '@bench.example.jp',
    'p' || :a::text || '@bench.example.jp', now());
insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name,
  name_key, name_doubtful, email, email_key, privacy_notice_version, registered_at, first_registered_at)
  values (uuidv7(), 'open-' || :n::text, 'customer-' || :n::text, lpad(to_hex(:a::bigint), 32, '0')::uuid, 'secondary',
    '{}', '山田', '太郎', '山田太郎', false, 'p' || :a::text || '@bench.example.jp', 'p' || :a::text || '@bench.example.jp',
    '2025-10', now(), now());
update contracts set seats_used = seats_used + 1, changed_at = now() where contract_id = 'open-' || :n::text;
insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id, contact_id,
  account_id, after)
  values (now(), 'bench', 'bench', 'direct', 'contact.registered', 'bench', 'customer-' || :n::text,
    'open-' || :n::text,
    uuidv7(), lpad(to_hex(:a::bigint), 32, '0')::uuid, jsonb_build_object('family_name', '山田', 'given_name', '太郎',
    'email', 'p' || :a::text || '@bench.example.jp', 'role', 'secondary', 'mailbox_shared', false));
commit;
`
