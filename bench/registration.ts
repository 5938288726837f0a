import { pgbench, startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { load, memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { figuresOf, show } from './figures.ts'

// Registrations over HTTP against pgbench with the same eight statements on the same server: `npm run bench`.
// Rounds alternate, so that a machine that drifts drifts for both; what counts is the ratio round by round.

const CONTRACTS = 20_000
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const SECONDS = Number(process.env['SECONDS'] ?? 5)

const EIGHT_STATEMENTS = `
\\set n random(1, ${CONTRACTS})
\\set a random(1, 9000000000000000)
begin;
select contract_id, customer_id, starts_on, ends_on, seat_limit, seats_used, registered_at from contracts where contract_id = 'c-' || :n::text for no key update;
select count(*) from contacts where contract_id = 'c-' || :n::text and removed_at is null;
insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
  values (lpad(to_hex(:a::bigint), 32, '0')::uuid, 'customer-' || :n::text, 'p' || :a::text || '@bench.example.jp', 'p' || :a::text || '@bench.example.jp', now());
insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name, name_key, name_doubtful, email, email_key, shared_mailbox, privacy_notice_version, registered_at)
  values (uuidv7(), 'c-' || :n::text, 'customer-' || :n::text, lpad(to_hex(:a::bigint), 32, '0')::uuid, 'secondary', '{}', '山田', '太郎', '山田太郎', false, 'p' || :a::text || '@bench.example.jp', 'p' || :a::text || '@bench.example.jp', false, '2025-10', now());
update contracts set seats_used = seats_used + 1, changed_at = now() where contract_id = 'c-' || :n::text;
insert into history (occurred_at, actor, request_id, event, subject_id, customer_id, contract_id, contact_id, account_id, after)
  values (now(), 'bench', 'bench', 'contact.registered', 'bench', 'customer-' || :n::text, 'c-' || :n::text, uuidv7(), lpad(to_hex(:a::bigint), 32, '0')::uuid, jsonb_build_object('family_name', '山田', 'given_name', '太郎', 'email', 'p' || :a::text || '@bench.example.jp', 'role', 'secondary', 'shared_mailbox', false));
commit;
`

const PREPARE = `
insert into customers (customer_id, name) select 'customer-' || n, '株式会社' || n from generate_series(1, ${CONTRACTS}) n;
insert into contracts (contract_id, customer_id, product_id, connections, starts_on, seat_limit, seats_used, registered_at)
  select 'c-' || n, 'customer-' || n, 'data_link', 10000, '2024-04-01', 10002, 1, now() from generate_series(1, ${CONTRACTS}) n;
insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
  select lpad(to_hex(n + (1::bigint << 60)), 32, '0')::uuid, 'customer-' || n, 'primary' || n || '@bench.example.jp', 'primary' || n || '@bench.example.jp', now() from generate_series(1, ${CONTRACTS}) n;
insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key, name_doubtful, email, email_key, shared_mailbox, privacy_notice_version, registered_at)
  select uuidv7(), 'c-' || n, 'customer-' || n, lpad(to_hex(n + (1::bigint << 60)), 32, '0')::uuid, 'primary', '{}', '佐藤', '佐藤', false, 'primary' || n || '@bench.example.jp', 'primary' || n || '@bench.example.jp', false, '2025-10', now() from generate_series(1, ${CONTRACTS}) n;
`

let number = 0
function registration (): { method: 'POST', path: string, body: string } {
  number++
  const contract = 1 + Math.floor(Math.random() * CONTRACTS)
  const body = { family_name: '山田', given_name: '太郎', email: `r${number}@bench.example.jp`, privacy_notice_version: '2025-10' }
  return { method: 'POST', path: `/v1/contracts/c-${contract}/contacts`, body: JSON.stringify(body) }
}

async function compare (database: BenchDatabase, service: BenchService): Promise<void> {
  const idle = await memoryOf(service.pid)
  await load(service, 201, 32, 2, registration) // warms code, plans and pages; not counted
  const rounds: { service: number, pgbench: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ service: await load(service, 201, 32, SECONDS, registration), pgbench: await pgbench(database, EIGHT_STATEMENTS, 8, SECONDS) })
  }
  console.log(`start to ready                 ${service.started_ms.toFixed(0)} ms`)
  console.log(`memory idle, after load        ${idle?.toFixed(0) ?? '?'} MB, ${(await memoryOf(service.pid))?.toFixed(0) ?? '?'} MB`)
  console.log(`registrations over HTTP        ${show(figuresOf(rounds.map(round => round.service)))} /s`)
  console.log(`pgbench, same eight statements ${show(figuresOf(rounds.map(round => round.pgbench)))} /s`)
  console.log(`ratio, round by round          ${show(figuresOf(rounds.map(round => round.service / round.pgbench)), 2)}   at least 0.35 wanted`)
}

const database = await startBenchDatabase()
try {
  await database.run(PREPARE)
  await database.run('vacuum analyze')
  const service = await startBenchService(database.url)
  await compare(database, service).finally(async () => await service.stop())
} finally {
  await database.stop()
}
