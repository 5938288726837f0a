import type { Change, Draw } from './random-changes.ts'
import { dayFrom } from './random-change-requests.ts'
import type { Random } from './seeded-random.ts'
import type { Answer, Call } from './test-service.ts'

const APPS = ['attendance', 'man_hours', 'receivables_payables', 'cash_book']
const PRODUCTS = ['manage', 'manage_ac', 'manage_ac_smart', 'data_link']
const FIRST_DAY = '2024-04-01'
/** How many contracts of each state are enough. */
const MANY = 14

async function put(call: Call, contract: any, fields: object): Promise<Answer> {
  const { contract_id, customer_id, product_id, app_ids, connections, starts_on, ends_on } = contract
  const terms = { customer_id, product_id, app_ids, connections, starts_on, ends_on, ...fields }
  return await call('PUT', `/v1/contracts/${contract_id}`, terms)
}

function otherTerms({ pick, below, isIn }: Random): object {
  return { product_id: pick(PRODUCTS), app_ids: APPS.filter(() => isIn(50)), connections: below(6) }
}

const list = async (call: Call, query: string): Promise<any[]> =>
  (await call('GET', `/v1/contracts?limit=200&${query}`)).body.items

const end = async ({ call, random, today, contract }: Draw): Promise<Answer | undefined> => {
  if ((await list(call, 'state=in_force')).length < 4) return undefined
  const ends_on = dayFrom(today, random.pick([-1, 0, 0, 1]))
  return await put(call, contract, { starts_on: FIRST_DAY, ends_on })
}

const reinstate = async ({ call, random }: Draw): Promise<Answer | undefined> => {
  const ended = await list(call, 'state=ended')
  return ended.length === 0 ? undefined : await put(call, random.pick(ended), { ends_on: null })
}

const postpone = async ({ call, random, today, contract }: Draw): Promise<Answer> =>
  await put(call, contract, { starts_on: dayFrom(today, random.pick([0, 1, 1])), ends_on: null })

const create = async ({ call, random, unique, contract }: Draw): Promise<Answer | undefined> => {
  if ((await list(call, 'state=in_force')).length > MANY) return undefined
  const contract_id = `new-${unique}`
  const terms = { contract_id, customer_id: contract.customer_id, starts_on: FIRST_DAY, ends_on: null }
  return await put(call, { ...terms, ...otherTerms(random) }, {})
}

const unregistered = async ({ call, random }: Draw): Promise<any> => {
  const empty = await list(call, 'registration=unregistered')
  return empty.length === 0 ? undefined : random.pick(empty)
}

const deleteOne = async (draw: Draw): Promise<Answer | undefined> => {
  const contract = await unregistered(draw)
  return contract && (await draw.call('DELETE', `/v1/contracts/${contract.contract_id}`))
}

const correctCustomer = async (draw: Draw): Promise<Answer | undefined> => {
  const contract = await unregistered(draw)
  return contract && (await put(draw.call, contract, { customer_id: draw.random.pick(['a', 'b', 'c']) }))
}

/** R35: a contract with contacts goes on under a new number. */
const succeed = async ({ call, unique, contract, contacts }: Draw): Promise<Answer | undefined> => {
  if (contacts.length === 0) return undefined
  const to_contract_id = `next-${unique}`
  await put(call, { ...contract, contract_id: to_contract_id }, { ends_on: null })
  return await call('POST', '/v1/successions', { from_contract_id: contract.contract_id, to_contract_id })
}

/** R36: a contract, or all of its customer, goes to another customer. */
const transfer = async ({ call, random, contract }: Draw): Promise<Answer> => {
  const { customer_id, contract_id } = contract
  const all = random.isIn(50) ? await list(call, `customer_id=${customer_id}`) : [contract]
  const to_customer_id = random.pick(['a', 'b', 'c', 'd'].filter(id => id !== customer_id))
  const contract_ids = all.map(one => one.contract_id as string)
  if (to_customer_id === 'd') await call('PUT', '/v1/customers/d', { name: '株式会社移管先' })
  return await call('POST', '/v1/transfers', { contract_ids: [contract_id, ...contract_ids], to_customer_id })
}

const putProduct = async ({ call, random }: Draw): Promise<Answer> => {
  const {
    product_id,
    updated_at: _updated,
    ...product
  } = (await call('GET', `/v1/products/${random.pick(PRODUCTS)}`)).body
  return await call('PUT', `/v1/products/${product_id}`, { ...product, base_seats: 2 + random.below(5) })
}

const putApp = async ({ call, random }: Draw): Promise<Answer> => {
  const { app_id, name, kind } = (await call('GET', `/v1/apps/${random.pick(APPS)}`)).body
  return await call('PUT', `/v1/apps/${app_id}`, { name, kind: kind === 'app' ? 'option' : 'app' })
}

const deleteCustomer = async ({ call, random }: Draw): Promise<Answer | undefined> => {
  const { items } = (await call('GET', '/v1/customers?limit=200')).body
  const passing = items.filter(({ customer_id }: any) => /^passing|^d$/.test(customer_id))
  return passing.length === 0
    ? undefined
    : await call('DELETE', `/v1/customers/${random.pick<any>(passing).customer_id}`)
}

export const MASTER_CHANGES: readonly Change[] = [
  {
    share: 60,
    name: 'terms',
    make: async ({ call, random, contract }) => await put(call, contract, otherTerms(random)),
  },
  { share: 25, name: 'end', make: end },
  { share: 25, name: 'reinstate', make: reinstate },
  { share: 10, name: 'postpone', make: postpone },
  { share: 15, name: 'create contract', make: create },
  { share: 8, name: 'delete contract', make: deleteOne },
  { share: 5, name: 'correct customer', make: correctCustomer },
  { share: 15, name: 'succession', make: succeed },
  { share: 20, name: 'transfer', make: transfer },
  {
    share: 15,
    name: 'customer',
    make: async ({ call, random, unique }) =>
      await call('PUT', `/v1/customers/${random.pick(['a', 'b', 'c', `passing-${unique}`])}`, {
        name: `株式会社${unique}`,
      }),
  },
  { share: 8, name: 'delete customer', make: deleteCustomer },
  { share: 5, name: 'product', make: putProduct },
  { share: 5, name: 'app', make: putApp },
]
