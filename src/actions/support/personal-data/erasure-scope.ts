import { listRequestsOfPeople, type RequestsOfPeople } from '#db/change-requests/change-requests.ts'
import { listContractsByIds } from '#db/contracts/contracts.ts'
import type { Database, Db } from '#db/driver/database.ts'
import { listHistoryIds, listHistoryMentioning } from '#db/personal-data/erasure-reach.ts'
import { listHistoryOfContacts } from '#db/personal-data/personal-data.ts'
import type { ChangeRequest } from '#domain/change-requests/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import { tracesOf } from '#domain/personal-data/known-traces.ts'
import { namesAddress } from '#domain/personal-data/person-traces.ts'

/** How many entries of history one statement searches. */
const BATCH = 50_000

/** Where to look for people: their customers and contracts, and whatever names an address of theirs. */
export type ErasureScope = RequestsOfPeople & {
  contact_ids: readonly string[]
  /** The change requests that may name them. They are locked before their contracts. */
  change_request_ids: readonly string[]
  /** The entries of history of other customers that name an address of theirs, up to an entry. */
  mentioning: { ids: readonly number[]; looked_to: number }
}

/** Where contacts may be named, before anything is locked: the whole history is read. */
export async function findErasureScope(database: Database, contacts: readonly Contact[]): Promise<ErasureScope> {
  const contact_ids = contacts.map(({ contact_id }) => contact_id)
  const contract_ids = [...new Set(contacts.map(({ contract_id }) => contract_id))].toSorted()
  const [history, contracts] = await Promise.all([
    listHistoryOfContacts(database, contact_ids),
    listContractsByIds(database, contract_ids),
  ])
  const customer_ids = [...new Set([...contacts, ...contracts].map(({ customer_id }) => customer_id))]
  const email_keys = [...tracesOf(contacts, history).email_keys].toSorted()
  const place = { customer_ids, contract_ids, email_keys }
  const requests = await listRequestsOfPeople(database, place)
  return {
    ...place,
    contact_ids,
    change_request_ids: requests.map(({ change_request_id }) => change_request_id),
    mentioning: await searchHistory(database, email_keys, 0),
  }
}

/** The entries of history that name an address, from one on. */
export async function searchHistory(
  db: Db,
  email_keys: readonly string[],
  after: number,
): Promise<{ ids: number[]; looked_to: number }> {
  if (email_keys.length === 0) return { ids: [], looked_to: after }
  const found: number[] = []
  for (let looked_to = after; ;) {
    const part = await listHistoryMentioning(db, { after: looked_to, count: BATCH, email_keys })
    found.push(...part.ids)
    if (part.looked_to === null) return { ids: found, looked_to }
    looked_to = part.looked_to
  }
}

/** The entries of history in which the people may be named, by their ids, as they are under the locks. */
export async function findEntriesInScope(db: Db, scope: ErasureScope): Promise<number[]> {
  const { ids, looked_to } = scope.mentioning
  const near = await listHistoryIds(db, scope)
  const since = await searchHistory(db, scope.email_keys, looked_to)
  return [...new Set([...near, ...ids, ...since.ids])].toSorted((one, other) => one - other)
}

/** The change requests in which the people may be named, as they are under the locks. */
export async function findRequestsInScope(db: Db, scope: ErasureScope): Promise<ChangeRequest[]> {
  return await listRequestsOfPeople(db, scope)
}

/** Whether a text may be about the people: it names an address or a contact of theirs, or no customer but their own. */
export function isInScope({ customer_ids, contact_ids, email_keys }: ErasureScope, json: string): boolean {
  const text = json.normalize('NFKC').toLowerCase()
  if (contact_ids.some(id => text.includes(id)) || namesAddress(text, new Set(email_keys))) return true
  const customers = [...json.matchAll(/"customer_id":"([^"]+)"/g)].map(([, id = '']) => id)
  return customers.length === 0 || customers.some(id => customer_ids.includes(id))
}
