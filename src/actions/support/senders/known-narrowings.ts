import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import { findProduct } from '#db/contracts/catalogue.ts'
import { findContract } from '#db/contracts/contracts.ts'
import { findCustomer } from '#db/contracts/customers.ts'
import type { Db } from '#db/driver/database.ts'
import type { SenderNarrowing } from '#domain/senders/sender-facts.ts'

type Narrowed = { narrowing: SenderNarrowing; pointer: string }

type Find = (db: Db, id: string) => Promise<object | undefined>

const FINDS = { customer: findCustomer, contract: findContract, product: findProduct } satisfies Record<string, Find>

/**
 * Refuses customers, contracts and products that the registry does not hold: a sender who is refused because of such a
 * thing would not be answered. Each is looked up once.
 */
export async function assertNarrowingsKnown(database: Db, questions: readonly Narrowed[]): Promise<void> {
  const named = questions.flatMap(({ narrowing, pointer }) =>
    (['customer', 'contract', 'product'] as const).flatMap(resource => {
      const id = narrowing[`${resource}_id`]
      return id === undefined ? [] : [{ resource, id, pointer: `${pointer}/${resource}_id` }]
    }),
  )
  const found = new Map<string, Promise<object | undefined>>()
  for (const { resource, id } of named) {
    const key = `${resource} ${id}`
    if (!found.has(key)) found.set(key, FINDS[resource](database, id))
  }
  await Promise.all(found.values())
  assertKnown(
    ...(await Promise.all(
      named.map(async reference => foundAs(reference, await found.get(`${reference.resource} ${reference.id}`))),
    )),
  )
}
