import { desiredRoster } from '#domain/desired-roster.ts'
import { futureNotices } from '#domain/rosters/future-notices.ts'
import type { Refusal } from '#domain/refusal.ts'
import { refusalsOf } from '#domain/rosters/roster-rules.ts'
import { comparedStep, type RosterStep } from '#domain/roster-step.ts'
import type { AddressAccounts } from '#domain/roster.ts'
import { sharingRefusals } from '#domain/rosters/sharing-rule.ts'
import { splitRefusals } from '#domain/rosters/split-person.ts'

/**
 * Every rule that the step of one contract breaks, as its plan has them (`planRosters`), and privacy notices that are
 * yet to be shown (R32). It costs a part of what the plan costs: no accounts are planned, and no names are compared.
 */
export function rosterRefusals(
  step: RosterStep,
  accounts: AddressAccounts,
  { now, today }: { now: string; today: string },
): Refusal[] {
  const compared = comparedStep(step, today)
  const joint = [...splitRefusals([compared], accounts), ...sharingRefusals([compared], accounts)]
  return [
    ...futureNotices(desiredRoster(step.desired), compared.difference, now),
    ...refusalsOf(compared, accounts, joint),
  ]
}
