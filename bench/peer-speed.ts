import { alternate, type Samples, type Target } from './alternating.ts'
import { startBenchDatabase } from './bench-database.ts'
import { HEADERS, startBenchService, type BenchService } from './bench-service.ts'
import { installPeers } from './install-peers.ts'
import { PEERS, startPeer } from './peers.ts'
import { isAuthorised, proveRegistry, type RegistryTarget, type RequestTemplate } from './registry-proof.ts'
import { OPEN_CONTRACTS, OPEN_CONTRACTS_SQL, preludeFor } from './requests.ts'
import { syntheticAddress } from './synthetic-people.ts'
import { loadRegistry } from './synthetic-registry.ts'
import { wrk } from './wrk.ts'

const CHECK_CONNECTIONS = 32
const REGISTRATION_CONNECTIONS = 16
export const SERVICE = 'Madoguchi'

/**
 * Sender checks and registrations of the service and its peers, on one database with so many contacts, after each
 * has proved that it keeps the rules. Directus adds its own tables, so the database is one of their own.
 */
export async function measurePeers(contacts: number, options: { rounds: number; seconds: number }): Promise<Samples> {
  installPeers()
  const database = await startBenchDatabase()
  const stops = [async () => await database.stop()]
  try {
    await loadRegistry(database.owner_url, contacts)
    await database.run(OPEN_CONTRACTS_SQL)
    const service = await startBenchService(database)
    stops.push(async () => await service.stop())
    const targets = [serviceTarget(service)]
    await proveRegistry(targets[0]!, database.owner_url)
    for (const name of PEERS) {
      const peer = await startPeer(name, database.owner_url)
      stops.push(async () => await peer.stop())
      targets.push(peer)
    }
    for (const target of targets)
      if (!(await isAuthorised(target, syntheticAddress(2))))
        throw new Error(`${target.name} does not know ${syntheticAddress(2)}`)
    await database.run('vacuum analyze')
    return await alternate(
      [
        ...targets.map(target => checksOf(target, contacts)),
        ...targets.map(target => registrationsOf(target, contacts)),
      ],
      options,
    )
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

function serviceTarget({ origin }: BenchService): RegistryTarget {
  return {
    name: SERVICE,
    origin,
    authorization: HEADERS.authorization,
    check: { method: 'POST', path: '/v1/sender-checks', body: '{"from":"{address}"}' },
    register: {
      method: 'POST',
      path: '/v1/contracts/{contract}/contacts',
      body:
        '{"role":"{role}","family_name":"{family_name}","given_name":"{given_name}","email":"{address}",' +
        '"privacy_notice_version":"2025-10"}',
    },
    isAuthorised: answer => (answer as { authorised: boolean }).authorised,
  }
}

function checksOf(target: RegistryTarget, contacts: number): Target {
  return {
    name: `check, ${target.name}`,
    measure: async seconds =>
      await wrk(loadOf(target, target.check, contacts, { address: 'address()' }, CHECK_CONNECTIONS), seconds),
  }
}

let loads = 0

/** A new person, with an address of their own, on a random contract. */
function registrationsOf(target: RegistryTarget, contacts: number): Target {
  return {
    name: `registration, ${target.name}`,
    measure: async seconds => {
      const places = {
        contract: `"open-" .. math.random(1, ${OPEN_CONTRACTS})`,
        role: '"secondary"',
        family_name: '"山田"',
        given_name: '"太郎"',
        address: `fresh(${++loads})`,
      }
      return await wrk(loadOf(target, target.register, contacts, places, REGISTRATION_CONNECTIONS), seconds)
    },
  }
}

function loadOf(
  { origin, authorization }: RegistryTarget,
  { method, path, body }: RequestTemplate,
  contacts: number,
  places: Record<string, string>,
  connections: number,
) {
  const prelude = `${preludeFor(contacts)}
    local number = 0
    local function fresh(load) number = number + 1; return "load" .. load .. "-" .. number .. "@peers.example.jp" end`
  return {
    origin,
    headers: { ...HEADERS, authorization },
    method,
    path: lua(path, places),
    body: lua(body, places),
    prelude,
    connections,
    statuses: [200],
  }
}

/** Lua that makes a template's text. */
function lua(template: string, places: Record<string, string>): string {
  return template
    .split(/\{(\w+)\}/)
    .map((part, index) => (index % 2 === 0 ? `[==[${part}]==]` : (places[part] ?? `[==[{${part}}]==]`)))
    .join(' .. ')
}
