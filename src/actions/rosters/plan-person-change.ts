import { previewRosters } from '#actions/rosters/preview-roster.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findRosters } from '#actions/support/rosters/find-roster.ts'
import { paired } from '#actions/support/paired.ts'
import { contactAmong, findContractsOfPerson } from '#actions/support/rosters/person-rosters.ts'
import type { PersonChange } from '#actions/rosters/change-person.ts'
import { personChangeBody, readPersonChange } from '#domain/change-requests/person-change.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'

/** Says what a person change would do now on each contract, and every rule that it breaks. Changes nothing. */
export async function planPersonChange(
  context: ActionContext,
  { change, asking }: Pick<PersonChange, 'change' | 'asking'>,
): Promise<RosterPreview[]> {
  const { database, clock, newId } = context
  const contract_ids = await findContractsOfPerson(context, database, change.contact_id)
  const rosters = await findRosters(database, contract_ids, clock.today())
  const person = contactAmong(rosters, change.contact_id)
  const changes = paired(rosters, readPersonChange(rosters, person, change, { newId }))
  return await previewRosters(
    context,
    database,
    changes.map(([roster, desired]) => ({ roster, desired })),
    asking,
    personChangeBody(change),
  )
}
