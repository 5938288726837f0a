import { hasNotLeft, runOutOf } from '#domain/accounts/account-people.ts'
import type { Contact } from '#domain/contact.ts'
import type { ContinuedAccount } from '#domain/accounts/planned-accounts.ts'
import type { ComparedStep } from '#domain/roster-step.ts'
import { displayName } from '#domain/accounts/support-account.ts'

/**
 * R18: plans the accounts that stay open and are shown under other names. `contacts` are those of contracts in force
 * after the change.
 */
export function planRenamings(
  continued: readonly ContinuedAccount[],
  steps: readonly ComparedStep[],
  contacts: readonly Contact[],
): void {
  if (continued.length === 0) return
  const addresses = new Set(continued.flatMap(({ account, after }) => [account.email_key, after.email_key]))
  const behind = (people: readonly Contact[]) =>
    Map.groupBy(
      people.filter(({ email_key }) => addresses.has(email_key)),
      ({ email_key }) => email_key,
    )
  const before = behind(steps.flatMap(contactsBefore))
  const now = behind(contacts)
  for (const { account, after, plan } of continued) {
    const { account_id, elsewhere } = account
    const { email, email_key } = after
    const former = [...elsewhere, ...(before.get(account.email_key) ?? []).filter(hasNotLeft(account))]
    const was = displayName(former.length === 0 ? runOutOf(account) : former)
    const is = displayName([...elsewhere, ...(now.get(email_key) ?? [])])
    if (was !== is) plan.renamed.push({ account_id, email, email_key, before: was, after: is })
  }
}

/** The contacts of a contract behind accounts before the change; also of one whose end is not recorded yet. */
function contactsBefore({ roster, wasInForce }: ComparedStep): readonly Contact[] {
  return wasInForce || roster.contract.end_recorded_at === null ? roster.contacts : []
}
