import fc from 'fast-check'
import type { Test } from 'tap'
import { nameKey } from '#domain/names/name-keys.ts'
import type { PersonName } from '#domain/person-name.ts'
import { contactsAfter } from '#domain/rosters/roster-plan.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import type { StoredAccount } from '#domain/roster.ts'
import { planFacts, type PlanFacts } from '../accounts/plan-facts.ts'
import { NOW, planRoster } from './roster-facts.ts'
import { SEED } from '../seed.ts'

const RUNS = { seed: SEED, numRuns: 1500 }

/** The plan of generated facts, the final roster, and the accounts and the people at each address before and after. */
function planned(facts: PlanFacts) {
  const { roster, desired, known, formerTerm, isInForce } = facts
  const looked = addressesToPlan([{ roster, desired, formerTerm }])
  const asked = new Map([...known].filter(([email_key]) => looked.includes(email_key)))
  const plan = planRoster(roster, desired, asked, formerTerm)
  const final = contactsAfter(plan)
  const before = [...known.values()].flatMap(account => [account, ...(account.closed ? [account.closed] : [])])
  const updated = new Map(plan.accounts.updated.map(row => [row.account_id, row]))
  const opened = plan.accounts.opened.map(row => ({ ...row, customer_id: 'customer-1', closed_at: null, ...NEW }))
  const after: StoredAccount[] = [...before.map(row => updated.get(row.account_id) ?? row), ...opened]
  const behind = isInForce ? final : []
  const own = (email_key: string) => before.find(row => row.email_key === email_key && row.customer_id === 'customer-1')
  const peopleAt = (email_key: string) => [
    ...behind.filter(contact => contact.email_key === email_key),
    ...(own(email_key)?.elsewhere ?? []),
  ]
  return { ...facts, looked, plan, final, behind, before, after, own, peopleAt }
}

const NEW = { opened_at: NOW, password_set_at: null, in_use_since: NOW, mail_state: 'unknown' } as const

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
