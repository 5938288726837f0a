import type { Call } from './test-service.ts'
import { overLimit } from '#domain/contracts/over-limit.ts'
import { seatCount } from '#domain/contracts/seat-limit.ts'
import { capabilitiesOf, displayName, peopleOf } from '#domain/accounts/support-account.ts'

// A client that keeps copies of lists by their events alone (R37). It knows the documented form of answers and events.

const LISTS = ['customers', 'products', 'apps', 'contracts', 'contacts', 'support-accounts'] as const
type Name = (typeof LISTS)[number]
type Copies = Record<Name, Map<string, any>>

const IDS: Record<Name, string> = {
  customers: 'customer_id',
  products: 'product_id',
  apps: 'app_id',
  contracts: 'contract_id',
  contacts: 'contact_id',
  'support-accounts': 'account_id',
}

/** The lists as the service answers them, and the cursor of the first page of the first of them. */
export async function readLists(call: Call): Promise<{ copies: Copies; cursor: string }> {
  const copies = {} as Copies
  let cursor: string | undefined
  for (const name of LISTS) {
    copies[name] = new Map()
    for (let next = ''; ;) {
      const { body, headers } = await call('GET', `/v1/${name}?limit=200${next}`)
      cursor ??= headers['events-cursor']!
      for (const item of body.items) copies[name].set(item[IDS[name]], item)
      if (body.next_cursor === null) break
      next = `&cursor=${body.next_cursor}`
    }
  }
  return { copies, cursor: cursor! }
}

/** Takes the events of one page into the copies. */
export function follow(copies: Copies, events: readonly any[]): void {
  for (const event of events) {
    const [thing, step] = event.type.split('.')
    STEPS[thing]?.(copies, step, event)
  }
}

type Step = (copies: Copies, step: string, event: any) => void

const STEPS: Record<string, Step> = {
  customer: ({ customers }, step, event) => replaced(customers, step, event),
  product: ({ products }, step, event) => replaced(products, step, event),
  app: ({ apps }, step, event) => replaced(apps, step, event),
  contract: ({ contracts }, step, { subject_id, occurred_at, data }) => {
    const { reason: _reason, ...after } = data.after ?? {}
    const known = contracts.get(subject_id) ?? {}
    if (step === 'deleted') contracts.delete(subject_id)
    else
      contracts.set(subject_id, {
        ...known,
        ...after,
        seats: { ...known.seats, ...after.seats },
        ...since(step, occurred_at),
      })
  },
  contact: ({ contacts, contracts }, step, { contact_id, contract_id, seats, data }) => {
    const { name_override: _override, shared_mailbox: _shared, ...contact } = data.after
    contacts.set(contact_id, { ...contact, is_gone: step === 'removed' })
    const contract = contracts.get(contract_id)
    if (contract === undefined) return
    contracts.set(contract_id, { ...contract, registration: 'registered', seats: { ...contract.seats, ...seats } })
  },
  support_account: (copies, step, { account_id, customer_id, data }) => {
    const { contact_id, name, left_at, ...fields } = data.after
    const known = copies['support-accounts'].get(account_id) ?? NEW_ACCOUNT
    const account = { ...known, account_id, customer_id, ...fields }
    if (contact_id !== undefined) {
      const others = known.residual_access.filter((person: any) => person.contact_id !== contact_id)
      account.residual_access = fields.residual_access ? [...others, { contact_id, name, left_at }] : others
    }
    if (step === 'password_reported' && fields.password_set_at !== null)
      account.residual_access = account.residual_access.filter((one: any) => one.left_at > fields.password_set_at)
    copies['support-accounts'].set(account_id, account)
  },
}

const NEW_ACCOUNT = { residual_access: [], password_set_at: null, mail_state: 'unknown', external_id: null }

function replaced(copy: Map<string, any>, step: string, { subject_id, data }: any): void {
  if (step === 'deleted') copy.delete(subject_id)
  else copy.set(subject_id, data.after)
}

function since(step: string, occurred_at: string): object {
  return step === 'went_over_limit' ? { over_since: occurred_at } : {}
}

/** The copies as lists, with what follows of each thing from the others. */
export function followedLists(copies: Copies): Record<Name, unknown[]> {
  const present = [...copies.contacts.values()].filter(({ is_gone }) => is_gone !== true)
  const inForce = present.filter(({ contract_id }) => copies.contracts.get(contract_id).state !== 'ended')
  const of = (account_id: string) =>
    inForce
      .filter(contact => contact.account_id === account_id)
      .toSorted((a, b) => (a.contact_id < b.contact_id ? -1 : 1))
  const lists = Object.fromEntries(LISTS.map(name => [name, [...copies[name].values()]])) as Record<Name, any[]>
  return {
    ...lists,
    contracts: lists.contracts.map(contractOf),
    contacts: present.map(({ is_gone: _gone, ...contact }) => ({
      ...contact,
      mailbox_shared: peopleOf(of(contact.account_id)).length > 1,
    })),
    'support-accounts': lists['support-accounts'].map(account => accountOf(account, of(account.account_id))),
  }
}

function contractOf({ counts_apps, counts_connections, over_since, ...contract }: any) {
  const { limit, used, lines } = contract.seats
  const since = over_since ?? contract.over_limit?.since ?? null
  const known = contract.over_limit?.remedies.map(({ action }: any) => action) ?? []
  const counts = {
    counts_apps: counts_apps ?? known.includes('add_apps'),
    counts_connections: counts_connections ?? known.includes('add_connections'),
  }
  const { over } = seatCount(limit, used)
  return { ...contract, seats: { ...seatCount(limit, used), lines }, over_limit: overLimit(over, since, counts) }
}

function accountOf(account: any, behind: any[]) {
  const is_open = account.closed_at === null && behind.length > 0
  const contacts = is_open ? behind : []
  return {
    ...account,
    state: is_open ? 'open' : 'closed',
    display_name: displayName(contacts),
    shared: peopleOf(contacts).length > 1,
    capabilities: capabilitiesOf({ is_open, password_set_at: account.password_set_at }),
    contacts: contacts.map(({ contact_id, contract_id, role, name }) => ({ contact_id, contract_id, role, name })),
    contract_ids: [...new Set(contacts.map(({ contract_id }) => contract_id))],
    residual_access: is_open
      ? account.residual_access.toSorted((a: any, b: any) =>
          a.left_at + a.contact_id < b.left_at + b.contact_id ? -1 : 1,
        )
      : [],
  }
}
