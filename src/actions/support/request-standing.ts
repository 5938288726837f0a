import type { ActionContext } from '#actions/support/action-context.ts'
import { readOperations, type AskedOperations } from '#domain/change-operations.ts'
import type { AskedChange } from '#domain/change-request.ts'
import type { Standing } from '#domain/confirmation.ts'
import { confirmationReasons } from '#domain/primary-confirmation.ts'
import { requesterIds } from '#domain/requester.ts'
import { compareRoster, type Roster } from '#domain/roster.ts'

type Asked = AskedOperations & Pick<AskedChange, 'concerns_contract' | 'requested_by'>

/**
 * What a roster says of a request at this moment: the roster that it leads to, and why the primary has to confirm it.
 */
export function requestStanding({ newId }: Pick<ActionContext, 'newId'>, roster: Roster, request: Asked) {
  const desired = readOperations(roster, request, newId)
  const standing: Standing = {
    contacts: roster.contacts,
    reasons: confirmationReasons(roster, {
      requester_ids: requesterIds(roster.contacts, request.requested_by),
      concerns_contract: request.concerns_contract,
      difference: compareRoster(roster.contacts, desired.contacts),
    }),
  }
  return { desired, standing }
}
