import type { ActionContext } from '#actions/support/action-context.ts'
import { paired } from '#actions/support/paired.ts'
import type { RosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { findReturning } from '#actions/support/change-requests/returning-contacts.ts'
import type { Db } from '#db/driver/database.ts'
import {
  readOperations,
  type AskedOperations,
  type ReturningContacts,
} from '#domain/change-requests/change-operations.ts'
import type { AskedChange } from '#domain/change-requests/change-request.ts'
import type { Standing } from '#domain/change-requests/confirmation.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import { readPersonChange } from '#domain/change-requests/person-change.ts'
import { confirmationReasons } from '#domain/change-requests/primary-confirmation.ts'
import { requesterIds } from '#domain/requester.ts'
import { compareRoster, primaryOf, type Roster } from '#domain/roster.ts'
import { CONFIRMATION_REASONS } from '#domain/vocabulary.ts'

type Asked = AskedOperations & Pick<AskedChange, 'concerns_contract' | 'requested_by' | 'person_change'>

/**
 * What the rosters of a request's contracts say of it at this moment: the rosters that it leads to, and why which
 * primary has to confirm it.
 */
export async function requestStanding(
  context: ActionContext,
  db: Db,
  rosters: readonly Roster[],
  request: Asked,
): Promise<{ changes: RosterChange[]; standing: Standing }> {
  const returning = await findReturning(context, db, request.operations)
  const desired = desiredRosters(rosters, request, context.newId, returning)
  const changes = paired(rosters, desired).map(([roster, desired]) => ({ roster, desired }))
  const contacts = rosters.flatMap(roster => roster.contacts)
  const requester_ids = requesterIds(contacts, request.requested_by)
  const contracts = changes.map(({ roster, desired }) => ({
    contract_id: roster.contract.contract_id,
    primary_contact_id: primaryOf(roster.contacts)?.contact_id ?? null,
    reasons: confirmationReasons(roster, {
      requester_ids,
      concerns_contract: request.concerns_contract,
      difference: compareRoster(roster.contacts, desired.contacts),
    }),
  }))
  const found = new Set(contracts.flatMap(({ reasons }) => reasons))
  const reasons = CONFIRMATION_REASONS.filter(reason => found.has(reason))
  return { changes, standing: { contacts, reasons, ...(request.person_change !== null && { contracts }) } }
}

/** Where a change request describes a person change. */
export const PERSON_CHANGE_PLACE = '#/person_change'

/** A person who is on none of the rosters any more changes none. */
function desiredRosters(
  rosters: readonly Roster[],
  request: Asked,
  newId: ActionContext['newId'],
  returning: ReturningContacts,
): readonly DesiredRoster[] {
  const { person_change } = request
  if (person_change === null) return rosters.map(roster => readOperations(roster, request, newId, returning))
  const person = rosters.flatMap(({ contacts }) => contacts).find(one => one.contact_id === person_change.contact_id)
  return person === undefined
    ? []
    : readPersonChange(rosters, person, person_change, { newId, pointer: PERSON_CHANGE_PLACE })
}
