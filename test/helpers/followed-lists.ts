import type { Call } from './test-service.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'

// A client that keeps copies of lists by their events alone (R37). It knows nothing but the document: an event replaces
// the thing that it names by `data.after`, and says how many seats of a contract are taken.

type List = { path: string; kind: string; id: string }

const LISTS: readonly List[] = [
  { path: '/v1/customers', kind: 'customer', id: 'customer_id' },
  { path: '/v1/products', kind: 'product', id: 'product_id' },
  { path: '/v1/apps', kind: 'app', id: 'app_id' },
  { path: '/v1/contracts', kind: 'contract', id: 'contract_id' },
  { path: '/v1/contacts', kind: 'contact', id: 'contact_id' },
  { path: '/v1/support-accounts', kind: 'support_account', id: 'account_id' },
  { path: '/v1/change-requests', kind: 'change_request', id: 'change_request_id' },
  { path: '/v1/imports', kind: 'import', id: 'import_id' },
  { path: '/v1/webhook-endpoints', kind: 'webhook_endpoint', id: 'endpoint_id' },
  { path: '/v1/api-clients', kind: 'api_client', id: 'client_id' },
]

/** Things by their kind and id. */
export type Copies = Map<string, Map<string, any>>

/** All items of a list, page by page, and the cursor of its first page. */
export async function readList(call: Call, path: string): Promise<{ items: any[]; cursor: string }> {
  const items: any[] = []
  let cursor: string | undefined
  for (let next = ''; ;) {
    const { body, headers, status, text } = await call('GET', `${path}${path.includes('?') ? '&' : '?'}limit=20${next}`)
    if (status !== 200) throw new Error(`${path} answers ${status}: ${text}`)
    cursor ??= headers['events-cursor']!
    items.push(...body.items)
    if (body.next_cursor === null) return { items, cursor }
    next = `&cursor=${body.next_cursor}`
  }
}

/** The lists as the service answers them, and the cursor of the first page of the first of them. */
export async function readLists(call: Call): Promise<{ copies: Copies; cursor: string }> {
  const copies: Copies = new Map()
  let first: string | undefined
  for (const { path, kind, id } of LISTS) {
    const { items, cursor } = await readList(call, path)
    first ??= cursor
    copies.set(kind, new Map(items.map(item => [item[id], item])))
  }
  return { copies, cursor: first! }
}

/** Takes the events of one page into the copies. */
export function follow(copies: Copies, events: readonly any[]): void {
  for (const { type, subject_id, contract_id, seats, data } of events) {
    const things = copies.get(type.split('.')[0])
    if (data.after === null) things?.delete(subject_id)
    else things?.set(subject_id, data.after)
    const contract = copies.get('contract')!.get(contract_id)
    if (seats !== null && contract !== undefined) copies.get('contract')!.set(contract_id, withSeats(contract, seats))
  }
}

/** A contract after one of its contacts came, went or changed. */
function withSeats(contract: any, { limit, used, over }: { limit: number; used: number; over: number }) {
  const remedies = contract.over_limit?.remedies.map((remedy: any) => ({ ...remedy, count: over }))
  return {
    ...contract,
    registration: 'registered',
    seats: { ...contract.seats, ...seatCount(limit, used) },
    over_limit: contract.over_limit && { ...contract.over_limit, by: over, remedies },
  }
}

// What only says when something was last done, which is no change of the thing: the document says so of each.
const UNTOLD = new Set(['last_used_at', 'failing_since', 'rows_per_second', 'seconds_left'])

/** The copies as lists by their paths, whole and filtered. */
export function followedLists(copies: Copies): Record<string, any[]> {
  return Object.fromEntries([
    ...LISTS.map(({ path, kind }) => [path, itemsOf(copies, kind)]),
    ...FILTERED.map(({ path, kind, holds }) => [path, itemsOf(copies, kind).filter(holds)]),
  ])
}

function itemsOf(copies: Copies, kind: string): any[] {
  const items = [...copies.get(kind)!.values()].filter(({ removed_at = null }) => removed_at === null)
  return items.map(item => told(item))
}

function told(item: any): any {
  const fields = Object.entries(item).filter(([field]) => !UNTOLD.has(field))
  return Object.fromEntries(
    fields.map(([field, value]) => [field, field === 'keys' ? (value as any[]).map(told) : value]),
  )
}

type Filtered = { path: string; kind: string; holds: (item: any) => boolean }

const filtered = (path: string, kind: string, holds: Filtered['holds']): Filtered => ({ path, kind, holds })

/** Filters of lists, with what they select of a copy. */
const FILTERED: readonly Filtered[] = [
  filtered('/v1/contracts?state=in_force', 'contract', ({ state }) => state === 'in_force'),
  filtered('/v1/contracts?state=ended', 'contract', ({ state }) => state === 'ended'),
  filtered('/v1/contracts?over_limit=true', 'contract', ({ over_limit }) => over_limit !== null),
  filtered('/v1/contracts?registration=unregistered', 'contract', contract => contract.registration === 'unregistered'),
  filtered('/v1/contracts?customer_id=a', 'contract', ({ customer_id }) => customer_id === 'a'),
  filtered('/v1/contracts?product_id=data_link', 'contract', ({ product_id }) => product_id === 'data_link'),
  filtered('/v1/contacts?role=primary', 'contact', ({ role }) => role === 'primary'),
  filtered('/v1/contacts?customer_id=a', 'contact', ({ customer_id }) => customer_id === 'a'),
  filtered('/v1/contacts?privacy_notice=unknown', 'contact', contact => contact.privacy_notice_version === null),
  filtered('/v1/contacts?contract_id=a1', 'contact', ({ contract_id }) => contract_id === 'a1'),
  filtered('/v1/support-accounts?state=open', 'support_account', ({ state }) => state === 'open'),
  filtered('/v1/support-accounts?state=closed', 'support_account', ({ state }) => state === 'closed'),
  filtered('/v1/support-accounts?shared=true', 'support_account', ({ shared }) => shared),
  filtered('/v1/support-accounts?mail_state=bounced', 'support_account', ({ mail_state }) => mail_state === 'bounced'),
  filtered('/v1/change-requests?state=scheduled', 'change_request', ({ state }) => state === 'scheduled'),
  filtered('/v1/change-requests?state=applied', 'change_request', ({ state }) => state === 'applied'),
  filtered('/v1/change-requests?customer_id=a', 'change_request', ({ customer_id }) => customer_id === 'a'),
  filtered('/v1/api-clients?state=revoked', 'api_client', ({ state }) => state === 'revoked'),
]

/** The same lists as the service answers them. */
export async function answeredLists(call: Call): Promise<Record<string, any[]>> {
  const { copies } = await readLists(call)
  const lists = followedLists(copies)
  for (const { path } of FILTERED) lists[path] = (await readList(call, path)).items.map(told)
  return lists
}
