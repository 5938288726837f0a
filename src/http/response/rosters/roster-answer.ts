import type { RosterPreview } from '#domain/rosters/roster-preview.ts'
import type { Language } from '#http/problems/language.ts'
import { fitting } from '#http/problems/listed.ts'
import { warningAnswers } from '#http/problems/name-texts.ts'
import { listedProblems } from '#http/problems/problem-document.ts'

const CONTACT_BYTES = 28 * 1024
const ACCOUNT_BYTES = 12 * 1024

/**
 * A plan as it is answered, with its problems in the words of problem documents. The lists of a plan that cannot be
 * applied are cut to a size, because they may quote a request of any size.
 */
export function planAnswer({ refusals, warnings, contract_id, ...plan }: RosterPreview, language: Language) {
  const feasible = refusals.length === 0
  const shown = feasible ? plan : cutPlan(plan)
  const problems = listedProblems(refusals, language)
  const isCut = problems.length < refusals.length || entriesOf(shown) < entriesOf(plan)
  return {
    contract_id,
    feasible,
    ...shown,
    problems,
    ...(isCut && { truncated: true }),
    warnings: warningAnswers(warnings, language),
  }
}

type PlanLists = Omit<RosterPreview, 'refusals' | 'warnings' | 'contract_id'>

function cutPlan({ added, changed, removed, role_changes, accounts, seats }: PlanLists): PlanLists {
  const { opened, renamed, rekeyed, closed, residual_access } = accounts
  return {
    added: fitting(added, CONTACT_BYTES),
    changed: fitting(changed, CONTACT_BYTES),
    removed: fitting(removed, CONTACT_BYTES),
    role_changes: fitting(role_changes, ACCOUNT_BYTES),
    accounts: {
      opened: fitting(opened, ACCOUNT_BYTES),
      renamed: fitting(renamed, ACCOUNT_BYTES),
      rekeyed: fitting(rekeyed, ACCOUNT_BYTES),
      closed: fitting(closed, ACCOUNT_BYTES),
      residual_access: fitting(residual_access, ACCOUNT_BYTES),
    },
    seats,
  }
}

function entriesOf({ added, changed, removed, role_changes, accounts }: PlanLists): number {
  const lists = [added, changed, removed, role_changes, ...Object.values(accounts)]
  return lists.reduce((sum, list) => sum + list.length, 0)
}
