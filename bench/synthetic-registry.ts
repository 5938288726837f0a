import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import {
  accountOf,
  contractOf,
  customerOf,
  family,
  given,
  isSharing,
  limitOf,
  productOf,
  roleOf,
  syntheticAddress,
  uuid,
} from './synthetic-people.ts'

type Load = { table: string; columns: string; rows: number; line: (n: number) => string | undefined }

const loadsOf = (contacts: number, contracts: number): Load[] => [
  {
    table: 'history',
    rows: contacts + contracts,
    line: n => (n <= contracts ? contractHistory(n) : contactHistory(n - contracts)),
    columns:
      'occurred_at, actor, request_id, source, event, subject_id, customer_id, contract_id, contact_id, ' +
      'account_id, after',
  },
  {
    table: 'contacts',
    rows: contacts,
    columns:
      'contact_id, contract_id, customer_id, account_id, role, duties, family_name, given_name, name_key, ' +
      'name_doubtful, email, email_key, privacy_notice_version, registered_at, first_registered_at',
    line: n =>
      `${uuid(n)}\tC${contractOf(n)}\tK${customerOf(n)}\t${uuid(accountOf(n))}\t${roleOf(n)}\t{}\t` +
      `${family(n)}\t${given(n)}\t${family(n)}${given(n)}\tf\t${syntheticAddress(n)}\t` +
      `${syntheticAddress(n)}\t2025-10\t2024-04-01T00:00:00Z\t2024-04-01T00:00:00Z`,
  },
  {
    table: 'support_accounts',
    rows: contacts,
    columns: 'account_id, customer_id, email, email_key, opened_at',
    line: n =>
      accountOf(n) === n
        ? `${uuid(n)}\tK${customerOf(n)}\t${syntheticAddress(n)}\t${syntheticAddress(n)}\t2024-04-01T00:00:00Z`
        : undefined,
  },
  {
    table: 'contracts',
    rows: contracts,
    columns:
      'contract_id, customer_id, product_id, connections, starts_on, ends_on, seat_limit, seats_used, registered_at',
    line: n =>
      `C${n}\tK${Math.ceil(n / 2)}\t${productOf(n)}\t0\t2024-04-01\t\\N\t${limitOf(n)}\t4\t2024-04-01T00:00:00Z`,
  },
  {
    table: 'customers',
    rows: Math.ceil(contracts / 2),
    columns: 'customer_id, name',
    line: n => `K${n}\t株式会社${n}商事`,
  },
]

/**
 * Fills a migrated, empty database by COPY, two tables at a time; the indexes that no constraint needs are built
 * afterwards. Answers how many seconds it took. What it writes is what the service would have written.
 */
export async function loadRegistry(url: string, contacts: number): Promise<number> {
  const since = performance.now()
  const waiting = loadsOf(contacts, Math.ceil(contacts / 4))
  const worker = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query("set session_replication_role = 'replica'")
    for (let load = waiting.shift(); load !== undefined; load = waiting.shift()) await loadTable(client, load)
    await client.end()
  }
  await Promise.all([worker(), worker()])
  return (performance.now() - since) / 1000
}

async function loadTable(client: pg.Client, { table, columns, rows, line }: Load): Promise<void> {
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = 'public' and tablename = $1 and not exists (select from pg_constraint
      where conname = indexname)`,
    [table],
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await copy(client, `${table} (${columns})`, rows, line)
  for (const { definition } of indexes) await client.query(definition)
}

function contractHistory(n: number): string {
  const after = {
    contract_id: `C${n}`,
    customer_id: `K${Math.ceil(n / 2)}`,
    product_id: productOf(n),
    app_ids: [],
    connections: 0,
    starts_on: '2024-04-01',
    ends_on: null,
    state: 'in_force',
    registration: 'unregistered',
    seats: { limit: limitOf(n), used: 0, available: limitOf(n), over: 0, lines: [{ reason: 'base', seats: 4 }] },
  }
  return (
    `2024-04-01T00:00:00Z\tbilling\tbench\tdirect\tcontract.created\tC${n}\tK${Math.ceil(n / 2)}\tC${n}\t\\N\t\\N\t` +
    JSON.stringify(after)
  )
}

function contactHistory(n: number): string {
  const after = {
    contact_id: uuid(n),
    contract_id: `C${contractOf(n)}`,
    customer_id: `K${customerOf(n)}`,
    account_id: uuid(accountOf(n)),
    role: roleOf(n),
    duties: [],
    family_name: family(n),
    given_name: given(n),
    name: `${family(n)} ${given(n)}`,
    name_doubtful: false,
    email: syntheticAddress(n),
    mailbox_shared: isSharing(n),
    privacy_notice_version: '2025-10',
    registered_at: '2024-04-01T00:00:00.000Z',
    removed_at: null,
  }
  return (
    `2024-04-01T00:00:00Z\toperator\tbench\tdirect\tcontact.registered\t${uuid(n)}\tK${customerOf(n)}\t` +
    `C${contractOf(n)}\t${uuid(n)}\t${uuid(accountOf(n))}\t${JSON.stringify(after)}`
  )
}

async function copy(
  client: pg.Client,
  columns: string,
  rows: number,
  line: (n: number) => string | undefined,
): Promise<void> {
  function* chunks(): Generator<string> {
    for (let n = 1; n <= rows;) {
      let text = ''
      for (const end = Math.min(rows, n + 2000); n <= end; n++) {
        const row = line(n)
        if (row !== undefined) text += `${row}\n`
      }
      yield text
    }
  }
  await pipeline(Readable.from(chunks(), { objectMode: false }), client.query(copyFrom(`copy ${columns} from stdin`)))
}
