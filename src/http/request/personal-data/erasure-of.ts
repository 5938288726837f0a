import type { Static } from 'typebox'
import { erasePersonalData, type Erased, type Erasure } from '#actions/personal-data/erase-personal-data.ts'
import { eraseStranger } from '#actions/personal-data/erase-stranger.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { addressKeyOf } from '#http/request/search-of.ts'
import type { PersonalDataErasureInput } from '#http/schemas/personal-data/personal-data-erasures.ts'

/** Erases whom a body names: contacts by their ids, or a person who never was one by the address (R33). */
export async function erasureOf(
  context: ActionContext,
  { contact_ids, email, reason }: Static<typeof PersonalDataErasureInput>,
  way: Pick<Erasure, 'caller' | 'key'>,
): Promise<IdempotentOutcome<Erased>> {
  if (email == null) return await erasePersonalData(context, { contact_ids: contact_ids ?? [], reason, ...way })
  return await eraseStranger(context, { email_key: addressKeyOf(email), reason, ...way })
}
