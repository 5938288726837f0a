import { putContract } from './fixtures.ts'
import { ADMINISTRATION } from './random-administration.ts'
import { CONTACT_CHANGES } from './random-contact-changes.ts'
import { MASTER_CHANGES } from './random-master-changes.ts'
import { REQUEST_STEPS } from './random-request-steps.ts'
import type { Random } from './seeded-random.ts'
import type { Answer, Call } from './test-service.ts'

// Operations of every kind that changes an answer, made of what is there, so that most of them change something.

const CONTRACTS = ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']

/** What an operation is made of. */
export type Draw = {
  call: Call
  random: Random
  /** The moment and the day, as the service has them. */
  now: string
  today: string
  /** A number that no other operation has. */
  unique: number
  /** A contract, seldom one that has ended, with its present contacts. */
  contract: any
  contacts: any[]
}

/** Does something; undefined where there is nothing to do it with. */
export type Change = { share: number; name: string; make: (draw: Draw) => Promise<Answer | undefined> }

const CHANGES: readonly Change[] = [...CONTACT_CHANGES, ...MASTER_CHANGES, ...REQUEST_STEPS, ...ADMINISTRATION]
const ALL_SHARES = CHANGES.reduce((sum, { share }) => sum + share, 0)

/** What is done next, and what the service answered. */
export type Done = { name: string; status: number; problem: string | undefined }

/** Does one of all changes; where the present state has nothing for it, another one. */
export async function randomChange(draw: Omit<Draw, 'contract' | 'contacts'>): Promise<Done> {
  const { call, random } = draw
  for (;;) {
    const contract = await anyContract(call, random)
    const { status, body } = await call('GET', `/v1/contracts/${contract.contract_id}/contacts?limit=200`)
    if (status === 404) known = [] // it was deleted since
    if (status !== 200) continue
    let rest = random.below(ALL_SHARES)
    const { name, make } = CHANGES.find(({ share }) => (rest -= share) < 0)!
    const answer = await make({ ...draw, contract, contacts: body.items })
    if (answer !== undefined) return { name, status: answer.status, problem: answer.body?.type }
  }
}

let known: any[] = []

/** A contract of a list that is read anew in one operation of ten: a contract of it may have ended since. */
async function anyContract(call: Call, random: Random): Promise<any> {
  for (;;) {
    if (known.length === 0 || random.isIn(10)) {
      const lasting = (await call('GET', '/v1/contracts?state=in_force,not_yet_in_force&limit=200')).body.items
      const ended = (await call('GET', '/v1/contracts?state=ended&limit=20')).body.items
      known = [...lasting, ...ended.filter(() => random.isIn(30))]
    }
    if (known.length > 0) return random.pick(known)
    await putContract(call, 'a1', { customer_id: 'a' })
  }
}

/** The contracts as they are at first. */
export async function prepareChanges(call: Call): Promise<void> {
  for (const contract_id of CONTRACTS)
    await putContract(call, contract_id, {
      customer_id: contract_id.slice(0, 1),
      product_id: 'manage_ac',
      app_ids: ['attendance'],
    })
}
