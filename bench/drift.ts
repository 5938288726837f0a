import { startBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { HEADERS, memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { costOf, postmasterIn } from './cpu.ts'
import { loadRegistry } from './synthetic-registry.ts'

// Drift reports over all users of a help desk: part of `npm run bench`. The first finds every user without a name, one
// in ten at the address of another and some without a link; the second comes after its steps, and finds nothing. How
// long they take, and how much memory. USERS makes the run smaller.

const USERS = Number(process.env['USERS'] ?? 60_000)

type User = { external_id: string; email: string; name: string | null; suspended: boolean }
type Step = { action: string; external_id: string | null; account_id: string; email: string; name: string }

/** The users of a help desk that has drifted: pairs have each other's addresses, and others are not linked. */
async function driftedUsers(database: BenchDatabase): Promise<Map<string, User>> {
  await database.run(`update support_accounts set external_id = 'u-' || account_id
    where right(account_id::text, 1) <> '7'`)
  await database.run('vacuum analyze')
  const rows = await database.rows(`select account_id, email from support_accounts order by account_id`)
  const users = new Map<string, User>()
  for (const [index, row] of rows.entries()) {
    const other = rows[index % 20 === 0 ? index + 1 : index % 20 === 1 ? index - 1 : index] ?? row
    const external_id = `u-${String(row['account_id'])}`
    users.set(external_id, { external_id, email: String(other['email']), name: null, suspended: false })
  }
  return users
}

async function report({ origin }: BenchService, users: Map<string, User>): Promise<Step[]> {
  const body = [...users.values()].map(user => `${JSON.stringify(user)}\n`).join('')
  const headers = { ...HEADERS, 'content-type': 'application/x-ndjson' }
  const answer = await fetch(`${origin}/v1/account-drift-reports`, { method: 'POST', headers, body })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(text)
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Step)
}

async function measured(what: string, database: BenchDatabase, service: BenchService, users: Map<string, User>) {
  const pids = { service: service.pid, postgres: await postmasterIn(database.folder) }
  const before = await memoryOf(service.pid)
  let [greatest, steps]: [number, Step[]] = [before, []]
  const timer = setInterval(() => void memoryOf(service.pid).then(now => (greatest = Math.max(greatest, now))), 50)
  const { wall, service: cpu, postgres } = await costOf(pids, async () => (steps = await report(service, users)))
  clearInterval(timer)
  console.log(
    `${what}: ${users.size} users, ${steps.length} steps in ${(wall / 1000).toFixed(1)} s (of the processor ` +
      `${(cpu / 1000).toFixed(1)} s service, ${(postgres / 1000).toFixed(1)} s Postgres), ` +
      `memory + ${(greatest - before).toFixed(0)} MB`,
  )
  return steps
}

/** Does the steps, as the help desk does: every address is free when a user gets it. */
async function apply(database: BenchDatabase, users: Map<string, User>, steps: readonly Step[]): Promise<void> {
  const addresses = new Set([...users.values()].map(({ email }) => email))
  const links: string[] = []
  for (const { action, external_id, account_id, email, name } of steps) {
    if (action === 'link') links.push(`('${account_id}', '${external_id}')`)
    if (action === 'create') {
      if (addresses.has(email)) throw new Error('a new user would have the address of another')
      users.set(`new-${account_id}`, { external_id: `new-${account_id}`, email, name, suspended: false })
      links.push(`('${account_id}', 'new-${account_id}')`)
      continue
    }
    const user = users.get(external_id ?? '')
    if (user === undefined) throw new Error(`${action} of an unknown user`)
    if (action === 'rename') user.name = name
    if (action === 'suspend') user.suspended = true
    if (action !== 'rekey') continue
    if (addresses.has(email)) throw new Error('a step gives an address that another user still has')
    addresses.delete(user.email)
    addresses.add(email)
    user.email = email
  }
  if (links.length > 0)
    await database.run(`update support_accounts account set external_id = link.external_id
      from (values ${links.join()}) as link (account_id, external_id)
      where account.account_id = link.account_id::uuid`)
}

async function measure(database: BenchDatabase): Promise<void> {
  const users = await driftedUsers(database)
  const service = await startBenchService(database)
  try {
    await report(service, new Map([...users].slice(0, 100))) // warms
    await apply(database, users, await measured('drifted', database, service, users))
    const left = await measured('afterwards', database, service, users)
    if (left.length > 0) console.log(`  ${left.length} steps are left: ${JSON.stringify(left[0])}`)
  } finally {
    await service.stop()
  }
}

const database = await startBenchDatabase()
try {
  await loadRegistry(database.owner_url, Math.ceil(USERS * 1.06))
  await measure(database)
} finally {
  await database.stop()
}
