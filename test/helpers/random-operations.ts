import { CONTRACTS, CUSTOMERS, FIRST_DAY, type Operation, type World } from './registry-operations.ts'
import { randomSuccession, randomTransfer } from './random-lifecycles.ts'
import { randomListed, randomPatch, randomPerson } from './random-people.ts'
import type { Random } from './seeded-random.ts'
import { dayFrom, confirmer, randomCaller, randomRequest, UNKNOWN_ID, type Draw } from './random-change-requests.ts'

const VERSIONS = ['2022-09', '2022-10']

// How often operations are of each kind.
const KINDS: readonly { share: number; make: (draw: Draw) => Operation }[] = [
  { share: 18, make: randomRegistration },
  { share: 10, make: ({ random, contact_id }) => ({ kind: 'update', contact_id, patch: randomPatch(random) }) },
  { share: 6, make: ({ contact_id }) => ({ kind: 'remove', contact_id }) },
  { share: 4, make: randomRestoration },
  { share: 5, make: randomPersonChange },
  { share: 4, make: randomHandOver },
  {
    share: 4,
    make: ({ random, contract_id, former_primary }) => ({
      kind: 'replace',
      contract_id,
      person: randomPerson(random),
      former_primary,
    }),
  },
  { share: 4, make: randomSuccession },
  { share: 4, make: randomTransfer },
  { share: 11, make: randomRoster },
  { share: 4, make: randomForm },
  { share: 8, make: randomRequest },
  { share: 4, make: randomConfirmation },
  {
    share: 5,
    make: ({ random, world }) => {
      const change_request_id = pickRequest(random, world)
      return { kind: 'approve', by: randomCaller(random, world), change_request_id }
    },
  },
  { share: 1, make: randomGrant },
  { share: 6, make: randomDecision },
  { share: 10, make: randomBilling },
]
const ALL_SHARES = KINDS.reduce((sum, { share }) => sum + share, 0)

export function randomOperation(random: Random, world: World): Operation {
  const { pick, below, isIn } = random
  const contract_id = pick(Object.keys(CONTRACTS))
  const known = world.contacts.length === 0 || isIn(3) ? undefined : pick(world.contacts)
  const contact_id = known?.contact_id ?? (world.gone.length > 0 ? pick(world.gone) : UNKNOWN_ID)
  const here = world.contacts.filter(contact => contact.contract_id === contract_id)
  const former_primary = pick(['secondary', 'removed'] as const)
  const draw = { random, world, contract_id, known, contact_id, here, former_primary }
  let rest = below(ALL_SHARES)
  if (world.contacts.length < 4) return randomRegistration(draw)
  return KINDS.find(({ share }) => (rest -= share) < 0)!.make(draw)
}

function randomRegistration({ random, contract_id }: Draw): Operation {
  const role = random.isIn(30) ? 'primary' : 'secondary'
  return { kind: 'register', contract_id, role, person: randomPerson(random) }
}

function randomRestoration({ random, world, contact_id }: Draw): Operation {
  const { pick, isIn } = random
  return {
    kind: 'restore',
    contact_id: world.gone.length > 0 && isIn(90) ? pick(world.gone) : contact_id,
    ...(isIn(30) && { role: pick(['primary', 'secondary'] as const) }),
    ...(isIn(20) && { shared_mailbox: true }),
  }
}

/** Mostly another name or address; sometimes the person leaves, and another contact takes the role. */
function randomPersonChange({ random, world, known, contact_id }: Draw): Operation {
  const { pick, isIn } = random
  const { family_name, given_name, email } = randomPerson(random)
  if (isIn(60)) {
    const changes = pick([{ email }, { family_name, given_name }, { family_name, given_name, email }])
    return { kind: 'person', contact_id, changes, ...(isIn(40) && { shared_mailbox: true }) }
  }
  const isPerson = (contact: World['contacts'][number]): boolean =>
    contact.email === known?.email &&
    contact.family_name === known.family_name &&
    contact.given_name === known.given_name
  const leavers = world.contacts.filter(
    contact => isPerson(contact) && contact.role === 'primary' && !world.ended?.includes(contact.contract_id),
  )
  const successors = leavers.flatMap(({ contract_id }) => {
    const others = world.contacts.filter(other => other.contract_id === contract_id && !isPerson(other))
    return others.length > 0 && isIn(60) ? [{ contract_id, contact_id: pick(others).contact_id }] : []
  })
  return { kind: 'person', contact_id, successors }
}

function randomHandOver({ random, contract_id, known, contact_id, former_primary }: Draw): Operation {
  const of = random.isIn(90) && known !== undefined ? known.contract_id : contract_id
  return { kind: 'hand over', contract_id: of, contact_id, former_primary }
}

function randomForm({ random, contract_id }: Draw): Operation {
  const { pick, below, isIn } = random
  return {
    kind: 'form',
    contract_id,
    form_version: pick(VERSIONS),
    contacts: Array.from({ length: 1 + below(3) }, (_, index) =>
      randomListed(random, index === 0 && isIn(90) ? 'primary' : 'secondary'),
    ),
  }
}

function randomConfirmation({ random, world, contact_id }: Draw): Operation {
  const change_request_id = pickRequest(random, world)
  const by = randomCaller(random, world)
  return {
    kind: 'confirm',
    by,
    change_request_id,
    contact_id: confirmer(random, world, change_request_id) ?? contact_id,
  }
}

/** Where there is no agent whose scope could change, a decision. */
function randomGrant(draw: Draw): Operation {
  const { agent_may_apply } = draw.world
  if (agent_may_apply === null) return randomDecision(draw)
  return { kind: 'grant', agent_may_apply: !agent_may_apply }
}

function randomDecision({ random, world }: Draw): Operation {
  const change_request_id = pickRequest(random, world)
  const kind = random.pick(['apply', 'apply', 'apply', 'apply', 'reject', 'withdraw'] as const)
  return { kind, change_request_id }
}

function randomBilling({ random, world, contract_id }: Draw): Operation {
  const { pick, below, isIn } = random
  const { customer_id } = world.contracts.find(contract => contract.contract_id === contract_id)!
  const ends_on = isIn(30) ? dayFrom(world.today, pick([-1, -1, 0, 1, 2])) : null
  return {
    kind: 'bill',
    contract_id,
    customer_id: isIn(97) ? customer_id : pick(CUSTOMERS),
    connections: below(4),
    starts_on: ends_on === null && isIn(15) ? dayFrom(world.today, pick([1, 2])) : FIRST_DAY,
    ends_on,
  }
}

function pickRequest({ pick }: Random, { requests }: World): string {
  return requests.length === 0 ? UNKNOWN_ID : pick(requests).change_request_id
}

/**
 * The roster as it is, with a contact changed, gone or new: mostly named by ids, sometimes by name and address.
 */
function randomRoster({ random, contract_id, here }: Draw): Operation {
  const { below, isIn, pick } = random
  const kept = here
    .filter(() => isIn(80))
    .map(({ contract_id: _contract, contact_id, ...contact }) => ({
      ...contact,
      ...(isIn(20) && randomPerson(random)),
      ...(isIn(10) && { role: pick(['primary', 'secondary'] as const) }),
      ...(isIn(80) && { contact_id: isIn(97) ? contact_id : UNKNOWN_ID }),
    }))
  const newcomers = isIn(50) ? [randomListed(random, isIn(15) || kept.length === 0 ? 'primary' : 'secondary')] : []
  return {
    kind: 'roster',
    contract_id,
    contacts: [...newcomers, ...kept],
    ...(isIn(25) && { confirm_removals: below(4) }),
  }
}
