import fc from 'fast-check'
import t, { type Test } from 'tap'
import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import { addressesToPlan, planRoster, type RosterPlan } from '#domain/roster-plan.ts'
import { planFacts, type PlanFacts } from './plan-facts.ts'
import { moment } from './roster-facts.ts'
import { SEED } from './seed.ts'

const RUNS = { seed: SEED, numRuns: 1500 }

/** The plan of generated facts, the final roster, and what is known of each address before and after. */
function planned(facts: PlanFacts) {
  const { roster, desired, open, formerTerm, isInForce } = facts
  const looked = addressesToPlan(roster, desired, formerTerm !== undefined)
  const plan = planRoster(
    roster,
    desired,
    new Map(open.filter(({ email_key }) => looked.includes(email_key)).map(account => [account.email_key, account])),
    moment(),
    formerTerm,
  )
  const final = [...plan.added, ...plan.changed.map(({ after }) => after), ...plan.kept]
  const { opened, reopened } = plan.accounts
  const closed = closedBy(plan)
  const returning = reopened.map(account_id => roster.contacts.find(contact => contact.account_id === account_id)!)
  const openAfter = [...open.filter(({ account_id }) => !closed.includes(account_id)), ...opened, ...returning]
  const behind = isInForce ? final : []
  const peopleAt = (email_key: string) => [
    ...behind.filter(contact => contact.email_key === email_key),
    ...(open.find(account => account.email_key === email_key && account.customer_id === 'customer-1')?.elsewhere ?? []),
  ]
  // Nobody is behind it any more, and it is not the contacts' own that come back: its contracts have ended by their
  // dates.
  const isRunOut = (account_id: string, email_key: string, elsewhere: readonly unknown[]) =>
    elsewhere.length === 0 &&
    !(facts.wasInForce && roster.contacts.some(contact => contact.email_key === email_key)) &&
    !roster.contacts.some(contact => contact.account_id === account_id)
  return { ...facts, looked, plan, final, behind, openAfter, peopleAt, isRunOut }
}

type Planned = ReturnType<typeof planned>

/** Whatever is planned without a refusal keeps to this. Enough plans have to get so far, or nothing would be proved. */
function always(t: Test, holds: (planned: Planned) => boolean): void {
  t.comment(`seed ${SEED}`)
  let accepted = 0
  fc.assert(
    fc.property(planFacts, facts => {
      const result = planned(facts)
      if (result.plan.refusals.length > 0) return true
      accepted++
      return holds(result)
    }),
    RUNS,
  )
  t.ok(accepted > RUNS.numRuns / 4, `${accepted} of ${RUNS.numRuns} plans were accepted`)
}

function names(people: readonly PersonName[], person: PersonName): boolean {
  return people.some(other => nameKey(other) === nameKey(person))
}

/** Every account that a plan closes, this customer's and those that others left behind. */
function closedBy({ accounts }: Pick<RosterPlan, 'accounts'>): string[] {
  return [...accounts.closed, ...accounts.lapsed.map(({ account_id }) => account_id)]
}

t.test('R10: a roster ends with exactly one primary, or with nobody', async t => {
  always(t, ({ final }) => final.filter(({ role }) => role === 'primary').length === Math.min(final.length, 1))
})

t.test('R24, R27: a roster ends within its limit, or no larger than it was', async t => {
  always(
    t,
    ({ final, roster, plan }) =>
      plan.seats_used === final.length && final.length <= Math.max(roster.contract.seat_limit, roster.contacts.length),
  )
})

t.test('the final roster is the desired one', async t => {
  always(
    t,
    ({ final, desired }) =>
      final.length === desired.length &&
      desired.every(asked =>
        final.some(contact =>
          Object.entries(asked).every(([field, value]) => contact[field as keyof typeof contact] === value),
        ),
      ),
  )
})

t.test(
  "R16, R20: every contact of a contract in force has the one open account of the address, never another customer's",
  async t => {
    always(t, ({ behind, openAfter, open }) =>
      behind.every(({ email_key, account_id }) => {
        const accounts = openAfter.filter(account => account.email_key === email_key)
        return (
          accounts.length === 1 &&
          accounts[0]!.account_id === account_id &&
          !open.some(account => account.account_id === account_id && account.customer_id !== 'customer-1')
        )
      }),
    )
  },
)

t.test('R16: no address has two open accounts', async t => {
  always(t, ({ openAfter }) => new Set(openAfter.map(({ email_key }) => email_key)).size === openAfter.length)
})

t.test('R20: no account behind which another customer has somebody is touched', async t => {
  always(t, ({ open, plan: { accounts } }) => {
    const theirs = open.filter(({ customer_id, elsewhere }) => customer_id !== 'customer-1' && elsewhere.length > 0)
    const touched = new Set([
      ...closedBy({ accounts }),
      ...accounts.reopened,
      ...[...accounts.departed, ...accounts.returned].map(({ account_id }) => account_id),
    ])
    return !theirs.some(({ account_id }) => touched.has(account_id))
  })
})

t.test('R21, R28: exactly the accounts close behind which nobody is left', async t => {
  always(
    t,
    ({ open, looked, plan, peopleAt, isRunOut }) =>
      open
        .filter(({ email_key }) => looked.includes(email_key))
        .every(({ account_id, customer_id, email_key, elsewhere }) => {
          const isDeserted =
            customer_id === 'customer-1'
              ? peopleAt(email_key).length === 0 || isRunOut(account_id, email_key, elsewhere)
              : elsewhere.length === 0 && peopleAt(email_key).length > 0
          return closedBy(plan).includes(account_id) === isDeserted
        }) && closedBy(plan).every(account_id => open.some(account => account.account_id === account_id)),
  )
})

t.test('R21, R28: an account opens or reopens where somebody comes to an address that has none', async t => {
  always(t, ({ open, roster, plan: { accounts }, peopleAt, openAfter, isRunOut }) =>
    [...accounts.opened.map(({ account_id }) => account_id), ...accounts.reopened].every(account_id => {
      const { email_key } = openAfter.find(account => account.account_id === account_id)!
      const isFormer = roster.contacts.some(
        contact => contact.account_id === account_id && contact.email_key === email_key,
      )
      return (
        peopleAt(email_key).length > 0 &&
        !open.some(
          account =>
            account.email_key === email_key &&
            account.customer_id === 'customer-1' &&
            !isRunOut(account.account_id, email_key, account.elsewhere),
        ) &&
        isFormer === accounts.reopened.includes(account_id)
      )
    }),
  )
})

t.test('R21: exactly those who left an account that stays open have residual access', async t => {
  always(t, ({ open, roster, final, wasInForce, isInForce, plan, peopleAt }) =>
    roster.contacts.every(({ contact_id, email_key, ...name }) => {
      const stays = open.some(
        account => account.email_key === email_key && !closedBy(plan).includes(account.account_id),
      )
      const isThere =
        isInForce && final.some(contact => contact.contact_id === contact_id && contact.email_key === email_key)
      const hasLeft = wasInForce && stays && !isThere && !names(peopleAt(email_key), name)
      return plan.accounts.departed.some(departure => departure.contact_id === contact_id) === hasLeft
    }),
  )
})

t.test('R21: residual access ends for exactly those who are back, and with the account', async t => {
  always(t, ({ open, looked, plan, peopleAt }) =>
    open
      .filter(({ email_key }) => looked.includes(email_key))
      .every(({ account_id, email_key, customer_id, residual_access }) =>
        residual_access.every(person => {
          const ends =
            closedBy(plan).includes(account_id) || (customer_id === 'customer-1' && names(peopleAt(email_key), person))
          return (
            plan.accounts.returned.some(
              departure => departure.account_id === account_id && departure.contact_id === person.contact_id,
            ) === ends
          )
        }),
      ),
  )
})

t.test('R17: nobody comes to the address of somebody else without the statement that it is shared', async t => {
  always(t, ({ plan, open, final }) => {
    const newcomers = [
      ...plan.added,
      ...plan.changed.filter(({ before, after }) => before.email_key !== after.email_key).map(({ after }) => after),
    ]
    return newcomers
      .filter(({ shared_mailbox }) => !shared_mailbox)
      .every(newcomer => {
        const others = open.find(({ email_key }) => email_key === newcomer.email_key)?.elsewhere ?? []
        const here = final.filter(
          contact =>
            contact.email_key === newcomer.email_key && (!newcomers.includes(contact) || !contact.shared_mailbox),
        )
        return names(others, newcomer) || [...others, ...here].every(other => nameKey(other) === nameKey(newcomer))
      })
  })
})

t.test('R19: nobody stands on the contract twice by a change', async t => {
  always(
    t,
    ({ final }) => new Set(final.map(contact => `${contact.email_key} ${nameKey(contact)}`)).size === final.length,
  )
})
