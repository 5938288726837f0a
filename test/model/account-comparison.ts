import { assertSame, type ComparedRun } from './compared-run.ts'
import type { ModelContact } from './model-contact.ts'
import { findSupportAccount } from '#db/support-accounts.ts'
import { supportAccountView } from '#domain/support-account-view.ts'

/**
 * Compares the open accounts of these contracts' contacts with the model: the contacts behind each, and those who left
 * it and may still read it (R21).
 */
export async function compareAccounts(
  when: string,
  { model, service }: ComparedRun,
  contract_ids: ReadonlySet<string>,
  account_ids: readonly string[],
): Promise<void> {
  const accounts = await openAccounts(service, account_ids)
  const behind = accounts.map(({ email, contacts }) => [
    email,
    contacts.map(({ contact_id }: ModelContact) => contact_id).toSorted(),
  ])
  const emails = new Set(
    model
      .inForce()
      .filter(({ contract_id }) => contract_ids.has(contract_id))
      .map(({ email }) => email),
  )
  assertSame(when, behind.toSorted(), [...model.openAccounts()].filter(([email]) => emails.has(email)).toSorted())
  for (const { email, residual_access } of accounts) {
    const leavers = new Set(residual_access.map(({ name }: { name: string }) => sortedWords(name)))
    assertSame(
      `${when}, residual access to ${email}`,
      [...leavers].toSorted(),
      model.leaversOf(email).map(sortedWords).toSorted(),
    )
  }
}

async function openAccounts(
  { database, clock }: ComparedRun['service'],
  account_ids: readonly string[],
): Promise<any[]> {
  const accounts = await Promise.all(
    [...new Set(account_ids)].map(async account_id =>
      supportAccountView((await findSupportAccount(database, account_id, clock.today()))!),
    ),
  )
  return accounts.filter(({ state }) => state === 'open')
}

/** The parts of a name, in whichever order it shows them. */
function sortedWords(name: string): string {
  return name.trim().split(' ').toSorted().join(' ')
}
