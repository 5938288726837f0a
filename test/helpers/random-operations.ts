import { NOTICE } from './fixtures.ts'
import type { Random } from './seeded-random.ts'
import type { Answer, Call } from './test-service.ts'

// Few of everything, so that operations meet: customers share the addresses, contracts have two to five seats.
export const CONTRACTS: Readonly<Record<string, string>> = {
  a1: 'alpha',
  a2: 'alpha',
  a3: 'alpha',
  b1: 'beta',
  b2: 'beta',
  c1: 'gamma',
}
// One of them is no person, and one may be none.
const PEOPLE = [
  ['山田', '太郎'],
  ['山田', '花子'],
  ['伊藤', null],
  ['Sato', 'Ken'],
  ['佐藤', '健'],
  ['山田', '太郎'],
  ['山田', '花子'],
  ['佐藤', '健'],
  ['水流所', null],
  ['経理部', null],
] as const
export const ADDRESSES = ['desk', 'info', 'yamada', 'ito', 'sato', 'ken', 'hanako'].map(name => `${name}@example.jp`)
const DUTIES = [[], ['system'], ['operations', 'contract']]
const VERSIONS = ['2022-09', '2022-10']
const DAY = 24 * 60 * 60 * 1000

export type Role = 'primary' | 'secondary'
export type Person = { family_name: string; given_name: string | null; email: string; shared_mailbox: boolean }
export type PersonPatch = Partial<Person> & { duties?: string[] | null }
type Outcome = 'secondary' | 'removed'
type ListedPerson = Person & { role: Role; duties: string[]; contact_id?: string }

export type ChangeStep =
  | { op: 'add'; contact: Person & { role: Role } }
  | { op: 'update'; contact_id: string; changes: PersonPatch }
  | { op: 'remove'; contact_id: string }
  | { op: 'make_primary'; contact_id: string; former_primary: Outcome }
  | { op: 'make_primary'; new_contact: Person; former_primary: Outcome }

/**
 * Who files, confirms and approves: a client that may apply requests, one that may not, and an API client that
 * sometimes may.
 */
export type Caller = 'operator' | 'help desk' | 'agent'

export type Operation =
  | { kind: 'register'; contract_id: string; role: Role; person: Person }
  | { kind: 'update'; contact_id: string; patch: PersonPatch }
  | { kind: 'remove'; contact_id: string }
  | { kind: 'hand over'; contract_id: string; contact_id: string; former_primary: Outcome }
  | { kind: 'replace'; contract_id: string; person: Person; former_primary: Outcome }
  | { kind: 'bill'; contract_id: string; customer_id: string; connections: number; ends_on: string | null }
  | { kind: 'roster'; contract_id: string; contacts: ListedPerson[]; confirm_removals?: number }
  | { kind: 'form'; contract_id: string; form_version: string; contacts: ListedPerson[] }
  | {
      kind: 'ask'
      by: Caller
      contract_id: string
      email: string
      concerns_contract: boolean
      effective_on: string | null
      operations: ChangeStep[]
      confirm_removals?: number
    }
  | { kind: 'confirm'; by: Caller; change_request_id: string; contact_id: string }
  | { kind: 'approve'; by: Caller; change_request_id: string }
  | { kind: 'grant'; agent_may_apply: boolean }
  | { kind: 'apply' | 'reject' | 'withdraw'; change_request_id: string }

/** What an operation may be about: who and what is there, or was. */
export type World = {
  today: string
  contacts: readonly (ListedPerson & { contact_id: string; contract_id: string })[]
  gone: readonly string[]
  requests: readonly { change_request_id: string; contract_id: string }[]
  /** Whether the agent may apply requests now; null where there is none. */
  agent_may_apply: boolean | null
}

const NOBODY = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'

export function randomOperation(random: Random, world: World): Operation {
  const { pick, below, isIn } = random
  const contract_id = pick(Object.keys(CONTRACTS))
  const known = world.contacts.length === 0 || isIn(3) ? undefined : pick(world.contacts)
  const contact_id = known?.contact_id ?? (world.gone.length > 0 ? pick(world.gone) : NOBODY)
  const here = world.contacts.filter(contact => contact.contract_id === contract_id)
  const former_primary = pick(['secondary', 'removed'] as const)
  const kind = below(100)
  if (world.contacts.length < 4 || kind < 24)
    return { kind: 'register', contract_id, role: isIn(30) ? 'primary' : 'secondary', person: randomPerson(random) }
  if (kind < 36) return { kind: 'update', contact_id, patch: randomPatch(random) }
  if (kind < 42) return { kind: 'remove', contact_id }
  if (kind < 46)
    return {
      kind: 'hand over',
      contract_id: isIn(90) && known !== undefined ? known.contract_id : contract_id,
      contact_id,
      former_primary,
    }
  if (kind < 50) return { kind: 'replace', contract_id, person: randomPerson(random), former_primary }
  if (kind < 64)
    return {
      kind: 'roster',
      contract_id,
      contacts: randomRoster(random, here),
      ...(isIn(25) && { confirm_removals: below(4) }),
    }
  if (kind < 68)
    return {
      kind: 'form',
      contract_id,
      form_version: pick(VERSIONS),
      contacts: Array.from({ length: 1 + below(3) }, (_, index) =>
        listed(random, index === 0 && isIn(90) ? 'primary' : 'secondary'),
      ),
    }
  if (kind < 76) return randomRequest(random, world, contract_id, here)
  const request = world.requests.length === 0 ? NOBODY : pick(world.requests).change_request_id
  if (kind < 80)
    return {
      kind: 'confirm',
      by: randomCaller(random, world),
      change_request_id: request,
      contact_id: confirmer(random, world, request) ?? contact_id,
    }
  if (kind < 83) return { kind: 'approve', by: randomCaller(random, world), change_request_id: request }
  if (kind < 84 && world.agent_may_apply !== null) return { kind: 'grant', agent_may_apply: !world.agent_may_apply }
  if (kind < 90)
    return {
      kind: pick(['apply', 'apply', 'apply', 'apply', 'reject', 'withdraw'] as const),
      change_request_id: request,
    }
  return {
    kind: 'bill',
    contract_id,
    customer_id: isIn(97) ? CONTRACTS[contract_id]! : pick(Object.values(CONTRACTS)),
    connections: below(4),
    ends_on: isIn(30) ? dayFrom(world.today, pick([-1, -1, 0, 1, 2])) : null,
  }
}

export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}

function listed(random: Random, role: Role): ListedPerson {
  return { ...randomPerson(random), role, duties: random.pick(DUTIES) }
}

/** The roster as it is, with somebody changed, gone or new: mostly by ids, sometimes by name and address. */
function randomRoster(random: Random, here: World['contacts']): ListedPerson[] {
  const { isIn, pick } = random
  const kept = here
    .filter(() => isIn(80))
    .map(({ contract_id: _contract, contact_id, ...contact }) => ({
      ...contact,
      ...(isIn(20) && randomPerson(random)),
      ...(isIn(10) && { role: pick(['primary', 'secondary'] as const) }),
      ...(isIn(80) && { contact_id: isIn(97) ? contact_id : NOBODY }),
    }))
  const newcomers = isIn(50) ? [listed(random, isIn(15) || kept.length === 0 ? 'primary' : 'secondary')] : []
  return [...newcomers, ...kept]
}

/** The agent is one of them while it may apply requests: what it asked for before stays. */
function randomCaller({ pick }: Random, { agent_may_apply }: World): Caller {
  return pick(
    agent_may_apply === true ? (['operator', 'help desk', 'agent', 'agent'] as const) : ['operator', 'help desk'],
  )
}

function randomRequest(random: Random, world: World, contract_id: string, here: World['contacts']): Operation {
  const { pick, below, isIn } = random
  const asker = here.length > 0 && isIn(70) ? pick(here).email : pick(ADDRESSES)
  const someone = (): string => (here.length > 0 && isIn(96) ? pick(here).contact_id : NOBODY)
  const former_primary = pick(['secondary', 'removed'] as const)
  const steps: (() => ChangeStep)[] = [
    () => ({ op: 'add', contact: { ...randomPerson(random), role: isIn(90) ? 'secondary' : 'primary' } }),
    () => ({ op: 'update', contact_id: someone(), changes: randomPatch(random) }),
    () => ({ op: 'remove', contact_id: someone() }),
    () => ({ op: 'make_primary', contact_id: someone(), former_primary }),
    () => ({ op: 'make_primary', new_contact: randomPerson(random), former_primary }),
  ]
  return {
    kind: 'ask',
    by: randomCaller(random, world),
    contract_id,
    email: asker,
    concerns_contract: isIn(15),
    effective_on: isIn(40) ? dayFrom(world.today, below(3)) : null,
    operations: Array.from({ length: 1 + below(3) }, () => pick(steps)()),
    ...(isIn(15) && { confirm_removals: below(4) }),
  }
}

/** Mostly the primary of the request's contract. */
function confirmer({ isIn }: Random, { contacts, requests }: World, change_request_id: string): string | undefined {
  const contract_id = requests.find(request => request.change_request_id === change_request_id)?.contract_id
  return isIn(80)
    ? contacts.find(contact => contact.contract_id === contract_id && contact.role === 'primary')?.contact_id
    : undefined
}

function randomPerson({ pick, isIn }: Random): Person {
  const [family_name, given_name] = pick(PEOPLE)
  return { family_name, given_name, email: pick(ADDRESSES), shared_mailbox: isIn(40) }
}

function randomPatch(random: Random): PersonPatch {
  const { family_name, given_name, email, shared_mailbox } = randomPerson(random)
  return random.pick<PersonPatch>([
    { email },
    { email, shared_mailbox },
    { family_name, given_name },
    { family_name, given_name, email, shared_mailbox },
    { shared_mailbox },
    { duties: random.pick(DUTIES) },
    { duties: null },
    {},
  ])
}

/** Asks a service to do it. */
export async function perform(call: Call, operation: Operation): Promise<Answer> {
  switch (operation.kind) {
    case 'grant':
      throw new Error('who may apply requests is changed by whoever made the agent')
    case 'register':
      return await call('POST', `/v1/contracts/${operation.contract_id}/contacts`, {
        role: operation.role,
        ...newContact(operation.person),
      })
    case 'update':
      return await call('PATCH', `/v1/contacts/${operation.contact_id}`, operation.patch)
    case 'remove':
      return await call('DELETE', `/v1/contacts/${operation.contact_id}`)
    case 'hand over':
      return await call('PUT', `/v1/contracts/${operation.contract_id}/primary`, {
        contact_id: operation.contact_id,
        former_primary: operation.former_primary,
      })
    case 'replace':
      return await call('PUT', `/v1/contracts/${operation.contract_id}/primary`, {
        new_contact: newContact(operation.person),
        former_primary: operation.former_primary,
      })
    case 'bill':
      return await call('PUT', `/v1/contracts/${operation.contract_id}`, contractTerms(operation))
    case 'roster': {
      const { contract_id, contacts, confirm_removals } = operation
      return await call(
        'PUT',
        `/v1/contracts/${contract_id}/roster`,
        { contacts: contacts.map(newContact), ...(confirm_removals !== undefined && { confirm_removals }) },
        { 'if-match': '*' },
      )
    }
    case 'form':
      return await call('POST', `/v1/contracts/${operation.contract_id}/application-form`, {
        form_version: operation.form_version,
        privacy_notice_version: NOTICE,
        contacts: operation.contacts,
      })
    case 'ask': {
      const { contract_id, concerns_contract, effective_on, email, operations, confirm_removals } = operation
      return await call('POST', '/v1/change-requests', {
        contract_id,
        concerns_contract,
        effective_on,
        requested_by: { name: 'x', email, channel: 'mail' },
        operations: operations.map(stepBody),
        ...(confirm_removals !== undefined && { confirm_removals }),
      })
    }
    case 'confirm':
      return await call('POST', `/v1/change-requests/${operation.change_request_id}/confirm`, {
        contact_id: operation.contact_id,
        channel: 'phone',
      })
    case 'approve':
    case 'apply':
      return await call('POST', `/v1/change-requests/${operation.change_request_id}/${operation.kind}`)
    case 'reject':
      return await call('POST', `/v1/change-requests/${operation.change_request_id}/reject`, { reason: 'x' })
    case 'withdraw':
      return await call('POST', `/v1/change-requests/${operation.change_request_id}/withdraw`, {})
  }
}

/** The contracts as they are at first: data_link, so that billing's connections move the limit. */
export async function prepareContracts(call: Call): Promise<void> {
  for (const [contract_id, customer_id] of Object.entries(CONTRACTS)) {
    await call('PUT', `/v1/customers/${customer_id}`, { name: `株式会社${customer_id}` })
    await call('PUT', `/v1/contracts/${contract_id}`, contractTerms({ customer_id, connections: 2, ends_on: null }))
  }
}

function contractTerms({
  customer_id,
  connections,
  ends_on,
}: {
  customer_id: string
  connections: number
  ends_on: string | null
}): object {
  return { customer_id, product_id: 'data_link', app_ids: [], connections, starts_on: '2024-04-01', ends_on }
}

function newContact(person: object): object {
  return { ...person, privacy_notice_version: NOTICE }
}

function stepBody(step: ChangeStep): object {
  if ('contact' in step) return { ...step, contact: newContact(step.contact) }
  return 'new_contact' in step ? { ...step, new_contact: newContact(step.new_contact) } : step
}
