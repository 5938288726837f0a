import fc from 'fast-check'
import type { Test } from 'tap'
import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import type { RosterPlan } from '#domain/roster-plan.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import { planFacts, type PlanFacts } from './plan-facts.ts'
import { planRoster } from './roster-facts.ts'
import { SEED } from './seed.ts'

const RUNS = { seed: SEED, numRuns: 1500 }

/** The plan of generated facts, the final roster, and what is known of each address before and after. */
function planned(facts: PlanFacts) {
  const { roster, desired, open, formerTerm, isInForce } = facts
  const looked = addressesToPlan([{ roster, desired, formerTerm }])
  const plan = planRoster(
    roster,
    desired,
    new Map(open.filter(({ email_key }) => looked.includes(email_key)).map(account => [account.email_key, account])),
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

export type Planned = ReturnType<typeof planned>

/** Whatever is planned without a refusal keeps to this. Enough plans have to get so far, or nothing would be proved. */
export function always(t: Test, holds: (planned: Planned) => boolean): void {
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

export function names(people: readonly PersonName[], person: PersonName): boolean {
  return people.some(other => nameKey(other) === nameKey(person))
}

/** Every account that a plan closes, this customer's and those that others left behind. */
export function closedBy({ accounts }: Pick<RosterPlan, 'accounts'>): string[] {
  return [...accounts.closed, ...accounts.lapsed.map(({ account_id }) => account_id)]
}
