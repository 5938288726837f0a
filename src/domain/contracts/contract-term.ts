import type { ContractState } from '#domain/vocabulary.ts'

/** The first and the last day of a contract, `YYYY-MM-DD`, both included; without a last day it is open-ended. */
export type ContractTerm = { starts_on: string; ends_on: string | null }

/** Whether a contract is yet to start, in force, or ended on a day in the vendor's time zone (R28). */
export function contractState(term: ContractTerm, today: string): ContractState {
  if (hasEnded(term, today)) return 'ended'
  return today < term.starts_on ? 'not_yet_in_force' : 'in_force'
}

/** R28: from the day after its last, no sender inquires through a contract and no contact is registered on it. */
export function hasEnded({ ends_on }: Pick<ContractTerm, 'ends_on'>, today: string): boolean {
  return ends_on !== null && ends_on < today
}

/** The day after a day, both `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10)
}
