import {
  ADDRESSES,
  type Caller,
  type ChangeStep,
  type ModelRequester,
  type Operation,
  type Outcome,
  type World,
} from './registry-operations.ts'
import { randomPatch, randomPerson } from './random-people.ts'
import type { Random } from './seeded-random.ts'

export const UNKNOWN_ID = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'
const DAY = 24 * 60 * 60 * 1000

/** What an operation is made of: drawn for every operation, whatever its kind. */
export type Draw = {
  random: Random
  world: World
  contract_id: string
  /** A contact that is there, of any contract. */
  known: World['contacts'][number] | undefined
  contact_id: string
  /** The contacts of the contract. */
  here: World['contacts']
  former_primary: Outcome
}

/** The agent is one of them while it may apply requests: what it asked for before stays. */
export function randomCaller({ pick }: Random, { agent_may_apply }: World): Caller {
  return pick(
    agent_may_apply === true ? (['operator', 'help desk', 'agent', 'agent'] as const) : ['operator', 'help desk'],
  )
}

/** Mostly a person of the contract, with the name that mailboxes need which several people share. */
function randomRequester({ pick, isIn }: Random, here: World['contacts']): ModelRequester {
  const asker = here.length > 0 && isIn(70) ? pick(here) : undefined
  if (asker === undefined) return { email: pick(ADDRESSES), ...(isIn(20) && { name: '謎' }) }
  const { email, family_name, given_name } = asker
  const name = pick([family_name, `${family_name}${given_name ?? ''}`, `${given_name ?? ''} ${family_name}`, '謎 次郎'])
  return { email, ...(isIn(20) && { name }) }
}

export function randomRequest({ random, world, contract_id, here }: Draw): Operation {
  const { pick, below, isIn } = random
  const contactOrUnknown = (): string => (here.length > 0 && isIn(96) ? pick(here).contact_id : UNKNOWN_ID)
  const former_primary = pick(['secondary', 'removed'] as const)
  const steps: (() => ChangeStep)[] = [
    () => ({ op: 'add', contact: { ...randomPerson(random), role: isIn(90) ? 'secondary' : 'primary' } }),
    () => ({ op: 'update', contact_id: contactOrUnknown(), changes: randomPatch(random) }),
    () => ({ op: 'remove', contact_id: contactOrUnknown() }),
    () => ({ op: 'make_primary', contact_id: contactOrUnknown(), former_primary }),
    () => ({ op: 'make_primary', new_contact: randomPerson(random), former_primary }),
  ]
  return {
    kind: 'ask',
    by: randomCaller(random, world),
    contract_id,
    requester: randomRequester(random, here),
    concerns_contract: isIn(15),
    effective_on: isIn(40) ? dayFrom(world.today, below(3)) : null,
    operations: Array.from({ length: 1 + below(3) }, () => pick(steps)()),
    ...(isIn(15) && { confirm_removals: below(4) }),
  }
}

/** Mostly the primary of the request's contract, sometimes another contact of it. */
export function confirmer(
  { isIn, pick }: Random,
  { contacts, requests }: World,
  change_request_id: string,
): string | undefined {
  const contract_id = requests.find(request => request.change_request_id === change_request_id)?.contract_id
  const here = contacts.filter(contact => contact.contract_id === contract_id)
  if (here.length === 0 || isIn(10)) return undefined
  return isIn(70) ? here.find(contact => contact.role === 'primary')?.contact_id : pick(here).contact_id
}

export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10)
}
