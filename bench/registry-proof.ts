import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** A request with `{address}`, `{contract}`, `{role}`, `{family_name}` and `{given_name}` where those go. */
export type RequestTemplate = { method: string; path: string; body: string }

/** Something that answers the registry's two busiest questions over HTTP, each in its own way. */
export type RegistryTarget = {
  name: string
  origin: string
  authorization: string
  check: RequestTemplate
  register: RequestTemplate
  /** Whether a check's answer says that the address may ask. */
  isAuthorised(answer: unknown): boolean
}

type Values = Record<string, string>

/** A template with its places filled in. */
export function filled(template: string, values: Values): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

type Proof = {
  target: RegistryTarget
  client: pg.Client
  id: string
  contract: (seats: number, customer?: string) => Promise<string>
  register: (contract: string, person: Values) => Promise<number>
}

/**
 * Proves that a target keeps the rules that its speed is measured with: one primary, who comes first (R10); seats, also
 * when many ask at once (R24); an address for one person unless it is shared (R17), and for one customer (R20); that it
 * writes account, contact, seats and history; and that it authorises whom it has registered and no other (R29).
 * Throws at the first that it breaks. Leaves nothing behind.
 */
export async function proveRegistry(target: RegistryTarget, database_url: string): Promise<void> {
  const client = new pg.Client({ connectionString: database_url })
  await client.connect()
  const id = `proof-${randomUUID()}`
  let contracts = 0
  try {
    await client.query(
      `insert into customers (customer_id, name) values ('${id}', '株式会社証明'), ('${id}-other', '株式会社別')`,
    )
    const proof: Proof = {
      target,
      client,
      id,
      contract: async (seats, customer = id) => {
        const contract = `${id}-${++contracts}`
        await client.query(
          `insert into contracts (contract_id, customer_id, product_id, connections, starts_on, seat_limit)
            values ('${contract}', '${customer}', 'manage', 0, '2024-04-01', ${seats})`,
        )
        return contract
      },
      register: async (contract, person) =>
        (
          await send(target, target.register, {
            contract,
            role: 'secondary',
            family_name: '山田',
            given_name: '太郎',
            ...person,
          })
        ).status,
    }
    await proveRules(proof)
    await proveRace(proof)
  } finally {
    await forget(client, id)
    await client.end()
  }
}

async function proveRules({ target, client, id, contract, register }: Proof): Promise<void> {
  const [ours, theirs, next] = [await contract(3), await contract(3, `${id}-other`), await contract(3)]
  const address = (name: string): string => `${name}@${id}.example.co.jp`
  expect(
    target,
    'a first contact who is not the primary is refused',
    isRefused(await register(ours, { address: address('first') })),
  )
  expect(
    target,
    'the primary is registered',
    isDone(await register(ours, { address: address('First'), role: 'primary' })),
  )
  expect(
    target,
    'a second primary is refused',
    isRefused(await register(ours, { address: address('second'), role: 'primary', family_name: '伊藤' })),
  )
  expect(target, 'the same person twice is refused', isRefused(await register(ours, { address: address('first') })))
  expect(
    target,
    'an address in use by another person is refused',
    isRefused(await register(ours, { address: address('first'), family_name: '伊藤' })),
  )
  expect(
    target,
    'an address of another customer is refused',
    isRefused(await register(theirs, { address: address('first'), role: 'primary' })),
  )
  expect(
    target,
    'the same person on another contract is registered',
    isDone(await register(next, { address: address('first'), role: 'primary' })),
  )
  expect(target, 'a secondary is registered', isDone(await register(ours, { address: address('second') })))
  expect(target, 'another secondary is registered', isDone(await register(ours, { address: address('third') })))
  expect(
    target,
    'a contact beyond the seats is refused',
    isRefused(await register(ours, { address: address('fourth') })),
  )
  const {
    rows: [written],
  } = await client.query(`select
    (select seats_used from contracts where contract_id = '${ours}') as seats,
    (select count(*)::integer from contacts where contract_id = '${ours}' and removed_at is null) as contacts,
    (select count(*)::integer from support_accounts where customer_id = '${id}' and closed_at is null) as accounts,
    (select count(*)::integer from history where contract_id = '${ours}'
      and event = 'contact.registered') as registrations,
    (select count(*)::integer from history where contract_id = '${ours}'
      and event = 'support_account.opened') as openings`)
  expect(
    target,
    `account, contact, seats and history are written (${JSON.stringify(written)})`,
    Object.values(written as object).every(count => count === 3),
  )
  expect(target, 'a registered address is authorised', await isAuthorised(target, address('first')))
  expect(target, 'an address that is not registered is not', !(await isAuthorised(target, address('fourth'))))
}

/** Sixteen people ask for the last two seats at once. */
async function proveRace({ target, client, id, contract, register }: Proof): Promise<void> {
  const wanted = await contract(3)
  expect(
    target,
    'the primary is registered',
    isDone(await register(wanted, { address: `race@${id}.example.co.jp`, role: 'primary' })),
  )
  const statuses = await Promise.all(
    Array.from({ length: 16 }, async (_, n) => await register(wanted, { address: `race${n}@${id}.example.co.jp` })),
  )
  expect(
    target,
    `two of sixteen get the last two seats (${statuses.join()})`,
    statuses.filter(isDone).length === 2 && statuses.filter(isRefused).length === 14,
  )
  const { rowCount } = await client.query(`select from contacts where contract_id = '${wanted}'`)
  expect(target, `three contacts are on the contract (${rowCount})`, rowCount === 3)
}

/** One request by itself. */
async function send(
  { origin, authorization }: RegistryTarget,
  { method, path, body }: RequestTemplate,
  values: Values,
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(origin + filled(path, values), {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: filled(body, values),
  })
  return { status: answer.status, body: await answer.json() }
}

/** Whether a target says that an address may ask. */
export async function isAuthorised(target: RegistryTarget, address: string): Promise<boolean> {
  const { status, body } = await send(target, target.check, { address })
  if (!isDone(status)) throw new Error(`${target.name} answered a check with ${status}: ${JSON.stringify(body)}`)
  return target.isAuthorised(body)
}

function isDone(status: number): boolean {
  return status >= 200 && status < 300
}

function isRefused(status: number): boolean {
  return status === 409 || status === 422
}

function expect({ name }: RegistryTarget, what: string, holds: boolean): void {
  if (!holds) throw new Error(`${name} is not measured, because this does not hold: ${what}`)
}

async function forget(client: pg.Client, id: string): Promise<void> {
  for (const table of ['history', 'contacts', 'support_accounts', 'contracts', 'customers']) {
    await client.query(`delete from ${table} where customer_id in ($1, $2)`, [id, `${id}-other`])
  }
}
