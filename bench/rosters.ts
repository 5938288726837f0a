import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { startBenchService, type BenchService } from './bench-service.ts'
import { figuresOf, show } from './figures.ts'
import { reshuffle } from './reshuffle.ts'
import { person, thirty, put, timed } from './roster-requests.ts'

// What whole lists, the past and the April reshuffle cost against the plain operations, in one run on one machine:
// `node bench/rosters.ts`, part of `npm run bench`. Rounds alternate; what counts is the ratio round by round.

const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
const REQUESTS = 60

async function rosters(service: BenchService): Promise<void> {
  let contract = 0
  const fed = async (): Promise<string> => {
    const contract_id = `roster-${++contract}`
    await service.call('PUT', `/v1/contracts/${contract_id}`, {
      app_ids: [],
      ends_on: null,
      customer_id: 'customer-1',
      product_id: 'data_link',
      connections: 10_000,
      starts_on: '2024-04-01',
    })
    return contract_id
  }
  const prepared = async (count: number): Promise<string[]> => await Promise.all(Array.from({ length: count }, fed))
  const one = await fed()
  await service.call('POST', `/v1/contracts/${one}/contacts`, person({ role: 'primary' }))
  const rounds: { registration: number; first: number; changed: number; few: number }[] = []
  for (let round = -1; round < ROUNDS; round++) {
    const contracts = await prepared(REQUESTS)
    const lists = new Map<string, any[]>()
    const registration = await timed(service, REQUESTS, () => ['POST', `/v1/contracts/${one}/contacts`, person()])
    let at = 0
    const first = await timed(service, REQUESTS, () => put(contracts[at++]!, thirty()))
    for (const contract_id of contracts)
      lists.set(contract_id, (await service.call('GET', `/v1/contracts/${contract_id}/roster`)).body.contacts)
    at = 0
    const few = await timed(service, REQUESTS, () => {
      const contract_id = contracts[at++]!
      const contacts = lists.get(contract_id)!
      return put(contract_id, [...contacts.slice(0, 28), { ...contacts[28], duties: ['system'] }, person()])
    })
    for (const contract_id of contracts)
      lists.set(contract_id, (await service.call('GET', `/v1/contracts/${contract_id}/roster`)).body.contacts)
    at = 0
    const changed = await timed(service, REQUESTS, () => {
      const contract_id = contracts[at++]!
      return put(
        contract_id,
        lists.get(contract_id)!.map(contact => ({ ...contact, duties: ['contract'] })),
      )
    })
    if (round >= 0) rounds.push({ registration, first, changed, few }) // the first round warms code, plans and pages
  }
  const ratio = (of: 'first' | 'changed' | 'few'): string =>
    show(figuresOf(rounds.map(round => round[of] / round.registration)), 2)
  console.log(`one registration, alone            ${show(figuresOf(rounds.map(round => round.registration)), 2)} ms`)
  console.log(`a roster of 30: one swapped, one changed  × ${ratio('few')}   at most 3 wanted`)
  console.log(`a roster of 30: all of them changed       × ${ratio('changed')}`)
  console.log(`a roster of 30: all of them new           × ${ratio('first')}`)
}

/**
 * A contract whose five contacts changed two thousand times each, and one on which five thousand people came and went.
 */
const PAST = `
insert into contracts (contract_id, customer_id, product_id, connections, starts_on, seat_limit, seats_used,
  registered_at, changed_at)
  select id, 'customer-1', 'data_link', 10000, '2020-04-01', 10002, 5, '2020-04-01Z', '2026-01-01Z'
    from unnest(array['changed-often', 'came-and-went']) id;
insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id, after)
  select '2020-04-01Z', 'bench', 'bench', 'direct', 'contract.created', id, 'customer-1', id,
    '{"contract_id": "", "customer_id": "customer-1", "seats": {"limit": 10002, "lines": []}}'
    from unnest(array['changed-often', 'came-and-went']) id;
create temporary table people as
  select 'changed-often' as contract_id, n, uuidv7() as contact_id, timestamptz '2020-04-01Z' as came,
    null::timestamptz as went, 2000 as changes from generate_series(1, 5) n
  union all select 'came-and-went', n, uuidv7(), timestamptz '2020-04-01Z' + n * interval '10 hours', case
    when n <= 4995 then timestamptz '2020-04-01Z' + (n + 5) * interval '10 hours' end, 1 from generate_series(1,
    5000) n;
insert into support_accounts (account_id, customer_id, email, email_key, opened_at, closed_at)
  select contact_id, 'customer-1', contract_id || n || '@past.example.jp', contract_id || n || '@past.example.jp',
    came, went from people;
insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key,
  name_doubtful, email, email_key, privacy_notice_version, registered_at, first_registered_at, removed_at)
  select contact_id, contract_id, 'customer-1', contact_id, case when n = 5000 or (contract_id = 'changed-often'
    and n = 1) then 'primary' else 'secondary' end, '{}', '佐藤', '佐藤', false, contract_id || n || '@past.example.jp',
    contract_id || n || '@past.example.jp', '2025-10', came, came, went from people;
insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id,
  contact_id, after)
  select came + change * interval '20 hours', 'bench', 'bench', 'direct', case
    when change = 0 then 'contact.registered' else 'contact.changed' end, contact_id::text, 'customer-1', contract_id,
    contact_id,
    jsonb_build_object('contact_id', contact_id, 'contract_id', contract_id, 'customer_id', 'customer-1', 'account_id',
      contact_id, 'role', 'secondary', 'duties', '[]'::jsonb, 'family_name', '佐藤', 'given_name', null,
      'name', '佐藤', 'name_doubtful', false, 'email', contract_id || n || '@past.example.jp', 'mailbox_shared', false,
      'privacy_notice_version', '2025-10', 'registered_at', came, 'removed_at', null)
  from people, generate_series(0, people.changes - 1) change;
insert into history (occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id,
  contact_id, after)
  select went, 'bench', 'bench', 'direct', 'contact.removed', contact_id::text, 'customer-1', contract_id,
    contact_id, '{}'
    from people where went is not null;
`

async function past(database: BenchDatabase, service: BenchService): Promise<void> {
  await database.run(PAST)
  await database.run('analyze')
  const moments = Array.from({ length: 60 }, (_, index) =>
    new Date(Date.parse('2020-05-01T00:00:00Z') + index * 30 * 86_400_000).toISOString(),
  )
  for (const contract_id of ['changed-often', 'came-and-went']) {
    const ratios: number[] = []
    let at = 0
    for (let round = -1; round < ROUNDS; round++) {
      const present = await timed(service, 300, () => ['GET', `/v1/contracts/${contract_id}/contacts`])
      const then = await timed(service, 300, () => [
        'GET',
        `/v1/contracts/${contract_id}/contacts?as_of=${moments[at++ % moments.length]}`,
      ])
      if (round >= 0) ratios.push(then / present)
    }
    console.log(
      `as_of, 10,000 entries (${contract_id.padEnd(13)})      × ${show(figuresOf(ratios), 2)} of the present list   at
        most 3 wanted`,
    )
  }
}

const database = await startBenchDatabase()
try {
  await database.run("insert into customers (customer_id, name) values ('customer-1', '株式会社青空商事')")
  const service = await startBenchService(database)
  try {
    await rosters(service)
    await past(database, service)
    await reshuffle(database, service)
  } finally {
    await service.stop()
  }
} finally {
  await database.stop()
}
