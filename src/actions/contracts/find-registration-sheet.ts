import { findPastContract } from '#actions/contracts/find-past-contract.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { listAllContactsThen } from '#actions/support/history/past-facts.ts'
import { listContacts } from '#db/rosters/contact-pages.ts'
import { listContracts } from '#db/contracts/contract-pages.ts'
import { findCustomer } from '#db/contracts/customers.ts'
import { findCustomerNameThen, listContractsOfCustomer, listProductNames } from '#db/contracts/registration-sheets.ts'
import { contactView, type Contact } from '#domain/contact.ts'
import { contractView, type Contract } from '#domain/contracts/contract.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { RefusedError } from '#domain/refusal.ts'
import {
  registrationSheet,
  type RegisteredContract,
  type RegistrationSheet,
} from '#domain/contracts/registration-sheet.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'

// How many rows one statement reads, and how many contracts of a past moment are read at once.
const BATCH = 1000
const CONTRACTS_AT_ONCE = 8

/** What is registered of a customer now (R26). Refuses a customer that the registry does not hold. */
export async function findRegistrationSheet(context: ActionContext, customer_id: string): Promise<RegistrationSheet> {
  const { database, clock } = context
  const today = clock.today()
  const [customer, contracts, contacts] = await Promise.all([
    findCustomer(database, customer_id),
    listAllContracts(context, customer_id),
    listAllContacts(context, customer_id),
  ])
  if (customer === undefined) throw new RefusedError({ type: 'not-found', resource: 'customer' })
  const registered = Map.groupBy(contacts, ({ contract_id }) => contract_id)
  const names = await listProductNames(
    database,
    contracts.map(({ product_id }) => product_id),
  )
  return registrationSheet({
    customer_id,
    customer_name: customer.name,
    as_of: clock.now(),
    contracts: contracts.map(contract => {
      const present = registered.get(contract.contract_id) ?? []
      const view = contractView({ ...contract, seats_used: present.length }, today)
      return { contract: view, product_name: nameOf(names, contract), contacts: present.map(contactView) }
    }),
  })
}

/**
 * What was registered of a customer at a past moment (R26), as it was answered then; products have the names that they
 * have now. Refuses a customer that the registry did not know at that moment, and a moment in the future.
 */
export async function findPastRegistrationSheet(
  context: ActionContext,
  customer_id: string,
  as_of: string,
): Promise<RegistrationSheet> {
  const { database, clock } = context
  if (as_of > clock.now())
    throw new RefusedError({
      type: 'invalid-value',
      errors: [{ in: 'query', pointer: '#/as_of', code: 'in-the-future' }],
    })
  const [customer, contract_ids] = await Promise.all([
    findCustomerNameThen(database, customer_id, as_of),
    listContractsOfCustomer(database, customer_id, as_of),
  ])
  if (customer === undefined) throw new RefusedError({ type: 'not-found', resource: 'customer' })
  const contracts: RegisteredContract[] = []
  for (let start = 0; start < contract_ids.length; start += CONTRACTS_AT_ONCE) {
    const some = contract_ids.slice(start, start + CONTRACTS_AT_ONCE)
    const read = await Promise.all(some.map(async contract_id => await findContractThen(context, contract_id, as_of)))
    contracts.push(...read.filter(found => found?.contract.customer_id === customer_id).filter(found => found !== null))
  }
  // Of the time before the registry knew the customer, it may know registrations all the same (R39).
  if (!customer.is_known && contracts.length === 0) throw new RefusedError({ type: 'not-found', resource: 'customer' })
  const names = await listProductNames(
    database,
    contracts.map(({ contract }) => contract.product_id),
  )
  const named = contracts.map(found => ({ ...found, product_name: nameOf(names, found.contract) }))
  return registrationSheet({ customer_id, customer_name: customer.name, as_of, contracts: named })
}

/** A contract of that moment with its contacts; null where the registry did not know it yet. */
async function findContractThen(
  context: ActionContext,
  contract_id: string,
  as_of: string,
): Promise<RegisteredContract | null> {
  try {
    const [contract, contacts] = await Promise.all([
      findPastContract(context, { contract_id, as_of }),
      listAllContactsThen(context, { contract_id, as_of }),
    ])
    const seats = { ...contract.seats, ...seatCount(contract.seats.limit, contacts.length) }
    return { contract: { ...contract, seats }, product_name: '', contacts }
  } catch (error) {
    if (error instanceof RefusedError) return null
    throw error
  }
}

function nameOf(names: ReadonlyMap<string, string>, { product_id }: { product_id: string }): string {
  return names.get(product_id) ?? product_id
}

async function listAllContracts({ database, clock }: ActionContext, customer_id: string): Promise<Contract[]> {
  const filter = { customer_id: [customer_id] }
  return await readAll(async last => {
    const after = { contract_id: last?.contract_id ?? '' }
    return await listContracts(database, filter, clock.today(), { after, limit: BATCH })
  })
}

async function listAllContacts({ database, clock }: ActionContext, customer_id: string): Promise<Contact[]> {
  const filter = { customer_ids: [customer_id] }
  return await readAll(async last => {
    const after = { contact_id: last?.contact_id ?? FIRST_UUID }
    return await listContacts(database, filter, { after, limit: BATCH }, clock.today())
  })
}

async function readAll<Row>(readAfter: (last: Row | undefined) => Promise<Row[]>): Promise<Row[]> {
  const all: Row[] = []
  for (;;) {
    const page = await readAfter(all.at(-1))
    all.push(...page)
    if (page.length < BATCH) return all
  }
}
