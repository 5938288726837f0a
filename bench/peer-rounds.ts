import type { BenchDatabase } from './bench-database.ts'
import { BENCH_AUTHORIZATION, startBenchService } from './bench-service.ts'
import { figuresOf, type Figures } from './figures.ts'
import { installPeers, PEERS, startPeer, type PeerName } from './peers.ts'
import { loadTarget } from './registry-load.ts'
import { isAuthorised, proveRegistry, type RegistryTarget } from './registry-proof.ts'
import { syntheticAddress } from './synthetic-registry.ts'
import type { Load } from './wrk.ts'

/** Contracts with room, so that registrations of every target spread over them and none is refused. */
const CONTRACTS = 20_000
const CHECK_CONNECTIONS = 32
const REGISTRATION_CONNECTIONS = 16

const ROOM = `
insert into customers (customer_id, name) select 'room-' || n, '株式会社' || n from generate_series(1, ${CONTRACTS}) n;
insert into contracts (contract_id, customer_id, product_id, connections, starts_on, seat_limit, seats_used, registered_at)
  select 'room-' || n, 'room-' || n, 'data_link', 10000, '2024-04-01', 10002, 1, now() from generate_series(1, ${CONTRACTS}) n;
insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
  select lpad(to_hex(n + (1::bigint << 60)), 32, '0')::uuid, 'room-' || n, 'primary' || n || '@room.example.jp', 'primary' || n || '@room.example.jp', now() from generate_series(1, ${CONTRACTS}) n;
insert into contacts (contact_id, contract_id, customer_id, account_id, role, duties, family_name, name_key, name_doubtful, email, email_key, shared_mailbox, privacy_notice_version, registered_at)
  select uuidv7(), 'room-' || n, 'room-' || n, lpad(to_hex(n + (1::bigint << 60)), 32, '0')::uuid, 'primary', '{}', '佐藤', '佐藤', false, 'primary' || n || '@room.example.jp', 'primary' || n || '@room.example.jp', false, '2025-10', now() from generate_series(1, ${CONTRACTS}) n;
`

type TargetName = 'service' | PeerName
type Round = Record<TargetName, Load>
type Measured = {
  /** Answers a second, and milliseconds, of each target. */
  targets: Record<TargetName, Record<'per_second' | 'p50_ms' | 'p99_ms', Figures>>
  /** The service's answers a second over the peer's, round by round. */
  times: Record<PeerName, Figures>
}

export type PeerFigures = { checks: Measured, registrations: Measured }

/**
 * Sender checks and registrations of the service beside its peers, on one database, after each has proved that it keeps
 * the rules. Targets alternate round by round; what counts is the ratio. The database holds the synthetic registry of
 * so many `contacts`; registrations come on top of it.
 */
export async function measurePeers (database: BenchDatabase, { contacts, rounds, seconds }: { contacts: number, rounds: number, seconds: number }): Promise<PeerFigures> {
  installPeers()
  await database.run(ROOM)
  const stops: (() => Promise<void>)[] = []
  try {
    const service = await startBenchService(database.url)
    stops.push(async () => await service.stop())
    const targets = { service: serviceTarget(service.origin) } as Record<TargetName, RegistryTarget>
    await proveRegistry(targets.service, database.url)
    for (const name of PEERS) {
      const peer = await startPeer(name, database.url)
      stops.push(async () => await peer.stop())
      targets[name] = peer
    }
    for (const target of Object.values(targets)) {
      if (!await isAuthorised(target, syntheticAddress(2))) throw new Error(`${target.name} does not know ${syntheticAddress(2)}`)
    }
    await database.run('vacuum analyze')
    const checks = await alternate(targets, rounds, seconds, async (target, seconds) => await checkLoad(target, contacts, seconds))
    const registrations = await alternate(targets, rounds, seconds, registrationLoad)
    return { checks, registrations }
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

function serviceTarget (origin: string): RegistryTarget {
  return {
    name: 'The service',
    origin,
    authorization: BENCH_AUTHORIZATION,
    check: { method: 'POST', path: '/v1/sender-checks', body: '{"address":"{address}"}' },
    register: {
      method: 'POST', path: '/v1/contracts/{contract}/contacts',
      body: '{"role":"{role}","family_name":"{family_name}","given_name":"{given_name}","email":"{address}","privacy_notice_version":"2025-10"}'
    },
    isAuthorised: answer => (answer as { authorised: boolean }).authorised
  }
}

async function alternate (targets: Record<TargetName, RegistryTarget>, rounds: number, seconds: number, load: (target: RegistryTarget, seconds: number) => Promise<Load>): Promise<Measured> {
  const names = Object.keys(targets) as TargetName[]
  const measured: Round[] = []
  for (let round = -1; round < rounds; round++) {
    const loads = {} as Round
    for (const name of names) loads[name] = await load(targets[name], round < 0 ? 2 : seconds) // the first round warms code, plans and pages
    if (round >= 0) measured.push(loads)
  }
  const of = (value: (round: Round) => number): Figures => figuresOf(measured.map(value))
  return {
    targets: table(names, name => table(['per_second', 'p50_ms', 'p99_ms'], what => of(round => round[name][what]))),
    times: table(PEERS, peer => of(round => round.service.per_second / round[peer].per_second))
  }
}

function table<Key extends string, Value> (keys: readonly Key[], value: (key: Key) => Value): Record<Key, Value> {
  return Object.fromEntries(keys.map(key => [key, value(key)])) as Record<Key, Value>
}

/** The address of a random contact, as `syntheticAddress` makes it: the ones that share a mailbox ask as the first. */
async function checkLoad (target: RegistryTarget, contacts: number, seconds: number): Promise<Load> {
  const address = `(function()
    local n = math.random(1, ${contacts}); local contract = math.ceil(n / 4)
    if n % 4 == 0 and contract % 5 == 0 then n = n - 1 end
    if n % 50 == 1 then return "user" .. n .. "@gmail.com" end
    return "user" .. n .. "@c" .. math.ceil(math.ceil(n / 4) / 2) .. ".example.co.jp" end)()`
  return await loadTarget(target, target.check, { address }, { connections: CHECK_CONNECTIONS, seconds })
}

let loads = 0

/** Somebody new, with an address of their own, on a random contract. */
async function registrationLoad (target: RegistryTarget, seconds: number): Promise<Load> {
  const places = { contract: `"room-" .. math.random(1, ${CONTRACTS})`, role: '"secondary"', family_name: '"山田"', given_name: '"太郎"', address: 'fresh()' }
  const setup = `local number = 0; local fresh = function() number = number + 1; return "load${++loads}-" .. number .. "@room.example.jp" end`
  return await loadTarget(target, target.register, places, { setup, connections: REGISTRATION_CONNECTIONS, seconds })
}
