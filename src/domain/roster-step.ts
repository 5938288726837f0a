import { hasEnded, type ContractTerm } from '#domain/contracts/contract-term.ts'
import { compareRoster, type DesiredContact, type Roster, type RosterDifference } from '#domain/roster.ts'

/**
 * One contract of a change: its present roster and the desired one. `formerTerm` is the contract's term before the
 * change, where the change is the term's.
 */
export type RosterStep = {
  roster: Roster
  desired: readonly DesiredContact[]
  formerTerm?: ContractTerm | undefined
  /** R35, R39: whether the contacts go on from elsewhere, and may be more than the seats of this contract. */
  may_exceed_limit?: boolean | undefined
  /** How many contacts the contract has in all, before and after, where the lists are a part of them (R39). */
  counted?: { before: number; after: number } | undefined
}

/** A step with its difference, and whether the contract's contacts were and are behind accounts (R28). */
export type ComparedStep = RosterStep & { difference: RosterDifference; wasInForce: boolean; isInForce: boolean }

/** Compares the rosters of a step. `today` is a day in the vendor's time zone. */
export function comparedStep(step: RosterStep, today: string): ComparedStep {
  const { roster, desired, formerTerm = roster.contract } = step
  return {
    ...step,
    difference: compareRoster(roster.contacts, desired),
    wasInForce: !hasEnded(formerTerm, today),
    isInForce: !hasEnded(roster.contract, today),
  }
}

/**
 * The addresses to lock and look up before planning, each once and sorted: every one that a step touches, old and new,
 * and all of a contract whose term changes.
 */
export function addressesToPlan(steps: readonly RosterStep[]): string[] {
  return [...new Set(steps.flatMap(addressesTouched))].toSorted()
}

function addressesTouched({ roster: { contacts }, desired, formerTerm }: RosterStep): string[] {
  const { added, removed, changed } = compareRoster(contacts, desired)
  const touched =
    formerTerm === undefined
      ? [...added, ...removed, ...changed.flatMap(({ before, after }) => [before, after])]
      : [...contacts, ...desired]
  return touched.map(({ email_key }) => email_key)
}
