import { previewRosters } from '#actions/rosters/preview-roster.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findRosters } from '#actions/support/rosters/find-roster.ts'
import { assertTransferable, placesOf, type TransferMatter } from '#actions/support/contracts/transfer-matter.ts'
import { findCustomer } from '#db/contracts/customers.ts'
import { listTransferAccounts } from '#db/contracts/transfers.ts'
import { settledRequester } from '#domain/requester.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'
import { planTransfer as plannedTransfer, transferRefusals } from '#domain/contracts/transfer.ts'

/** What a transfer would do to each contract, and which accounts would go along. */
export type TransferPreview = {
  contracts: RosterPreview[]
  account_ids: string[]
  superseded_account_ids: string[]
}

/** Says what a transfer would do now, and on which contracts an address would stay behind. Changes nothing. */
export async function planTransfer(context: ActionContext, matter: TransferMatter): Promise<TransferPreview> {
  const { database, clock } = context
  const { to_customer_id: customer_id } = matter
  const contract_ids = [...new Set(matter.contract_ids)]
  const [rosters, customer] = await Promise.all([
    findRosters(database, contract_ids, clock.today()),
    findCustomer(database, customer_id),
  ])
  assertTransferable(rosters, customer, matter)
  const contacts = rosters.flatMap(roster => roster.contacts)
  const settled = settledRequester(contacts, matter.asking)
  const known = await listTransferAccounts(database, { ...placesOf(rosters), contract_ids, customer_id })
  const plan = plannedTransfer(rosters, known, customer_id, clock.today())
  const changes = rosters.map(roster => ({
    roster,
    desired: {
      contacts: roster.contacts,
      refusals: transferRefusals(plan, roster.contract.contract_id),
      places: new Map<string, string>(),
      whole: null,
    },
  }))
  return {
    contracts: await previewRosters(context, database, changes, { settled }),
    account_ids: plan.accounts.map(({ account_id }) => account_id),
    superseded_account_ids: plan.superseded,
  }
}
