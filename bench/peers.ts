import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { HEADERS } from './bench-service.ts'
import { PEERS_FOLDER, runProgram } from './install-peers.ts'
import { proveRegistry, type RegistryTarget } from './registry-proof.ts'

// What users would take instead: Directus on the same tables, and a service written with Express and Prisma. Each is a
// process of its own in production mode, with the pool that it has by default.

export const PEERS = ['directus', 'express-prisma'] as const
export type PeerName = (typeof PEERS)[number]
export type Peer = RegistryTarget & { stop(): Promise<void> }

const KEY = HEADERS.authorization.replace('Bearer ', '')
const REGISTRATION =
  '{"role":"{role}","family_name":"{family_name}","given_name":"{given_name}","email":"{address}",' +
  '"privacy_notice_version":"2025-10"}'

/**
 * Starts a peer on a migrated database and proves that it keeps the registry's rules. Refuses a peer that does not.
 * Directus adds its own tables, prefixed `directus_`.
 */
export async function startPeer(name: PeerName, database_url: string): Promise<Peer> {
  const peer = await LAUNCHERS[name](database_url)
  try {
    await proveRegistry(peer, database_url)
  } catch (error) {
    await peer.stop()
    throw error
  }
  return peer
}

const LAUNCHERS: Record<PeerName, (database_url: string) => Promise<Peer>> = {
  directus: startDirectus,
  'express-prisma': startExpressPrisma,
}

async function startExpressPrisma(database_url: string): Promise<Peer> {
  const port = await freePort()
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: join(PEERS_FOLDER, 'express-prisma'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: database_url, API_KEY: KEY, PORT: String(port) },
  })
  await Promise.race([once(child.stdout, 'data'), died(child, 'Express with Prisma')])
  return {
    name: 'Express with Prisma',
    origin: `http://127.0.0.1:${port}`,
    authorization: HEADERS.authorization,
    check: { method: 'POST', path: '/sender-checks', body: '{"address":"{address}"}' },
    register: { method: 'POST', path: '/contracts/{contract}/contacts', body: REGISTRATION },
    isAuthorised: answer => (answer as { authorised: boolean }).authorised,
    stop: async () => await stop(child),
  }
}

async function startDirectus(database_url: string): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-directus-'))
  const port = await freePort()
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DB_CLIENT: 'pg',
    DB_CONNECTION_STRING: database_url,
    SECRET: KEY,
    ADMIN_EMAIL: 'bench@example.com',
    ADMIN_PASSWORD: KEY,
    ADMIN_TOKEN: KEY,
    EXTENSIONS_PATH: join(PEERS_FOLDER, 'directus/extensions'),
    PACKAGE_FILE_LOCATION: PEERS_FOLDER,
    STORAGE_LOCAL_ROOT: folder,
    TELEMETRY: 'false',
    RATE_LIMITER_ENABLED: 'false',
    CACHE_ENABLED: 'false',
    LOG_LEVEL: 'error',
  }
  // What the directus command runs after it has looked for newer versions.
  const cli = join(PEERS_FOLDER, 'node_modules/@directus/api/dist/cli/run.js')
  const origin = `http://127.0.0.1:${port}`
  runProgram(process.execPath, ['--no-node-snapshot', cli, 'bootstrap'], folder, env)
  await relateTables(database_url)
  const child = spawn(process.execPath, ['--no-node-snapshot', cli, 'start'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stopDirectus = async (): Promise<void> => {
    await stop(child)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await Promise.race([answering(`${origin}/server/ping`), died(child, 'Directus')])
    await describeTables(origin)
  } catch (error) {
    await stopDirectus()
    throw error
  }
  return {
    name: 'Directus',
    origin,
    authorization: HEADERS.authorization,
    // Directus takes a body with SEARCH, which keeps the address out of the URL. The answer holds the contracts' terms,
    // for the caller to compare with today.
    check: { method: 'SEARCH', path: '/items/contacts', body: JSON.stringify({ query: DIRECTUS_CHECK }) },
    register: { method: 'POST', path: '/registry/contracts/{contract}/contacts', body: REGISTRATION },
    isAuthorised: answer => (answer as { data: unknown[] }).data.length > 0,
    stop: stopDirectus,
  }
}

const DIRECTUS_CHECK = {
  filter: {
    _and: [
      { account_id: { email_key: { _eq: '{address}' } } },
      { account_id: { closed_at: { _null: true } } },
      { removed_at: { _null: true } },
    ],
  },
  fields: [
    'contact_id',
    'role',
    'duties',
    'family_name',
    'given_name',
    'registered_at',
    'account_id.account_id',
    'account_id.customer_id',
    'account_id.email',
    'contract_id.contract_id',
    'contract_id.product_id',
    'contract_id.starts_on',
    'contract_id.ends_on',
  ],
}

// Directus sees no relation in a foreign key of several columns. By its API it would add a key of a single column to
// the tables, for which every target would pay. So the relations are written into its own table.
async function relateTables(database_url: string): Promise<void> {
  const client = new pg.Client({ connectionString: database_url })
  await client.connect()
  await client.query(`insert into directus_relations (many_collection, many_field, one_collection)
    values ('contacts', 'account_id', 'support_accounts'), ('contacts', 'contract_id', 'contracts')`)
  await client.end()
}

// Directus cannot see in the tables that it has to make their ids, and that their history is kept already.
async function describeTables(origin: string): Promise<void> {
  const say = async (path: string, meta: object): Promise<void> => {
    const answer = await fetch(origin + path, { method: 'PATCH', headers: HEADERS, body: JSON.stringify({ meta }) })
    if (!answer.ok) throw new Error(`Directus refused ${path}: ${await answer.text()}`)
  }
  for (const collection of ['contracts', 'support_accounts', 'contacts', 'history'])
    await say(`/collections/${collection}`, { accountability: null })
  await say('/fields/support_accounts/account_id', { special: ['uuid'] })
  await say('/fields/contacts/contact_id', { special: ['uuid'] })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await fetch(url).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer?.ok === true) return
    await wait(100)
  }
  throw new Error(`${url} did not answer within a minute`)
}

async function died(child: ChildProcess, name: string): Promise<never> {
  await once(child, 'exit')
  throw new Error(`${name} did not start`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}
