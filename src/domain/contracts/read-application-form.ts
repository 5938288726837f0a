import { readContactInput, type ContactInput } from '#domain/contacts/contact-input.ts'
import { MOST_REFUSALS, type Refusal } from '#domain/refusal.ts'
import type { DesiredRoster } from '#domain/desired-roster.ts'
import type { Roster } from '#domain/roster.ts'

const WHOLE = '#/contacts'

/**
 * Reads the contacts of a form (R23). Refuses, together: more than its version may register, and unreadable contacts.
 */
export function readApplicationForm(
  { contract }: Roster,
  form_version: string,
  limit: number,
  contacts: readonly ContactInput[],
  newId: () => string,
): DesiredRoster {
  const { contract_id, customer_name } = contract
  const given = contacts.length
  const refusals: Refusal[] =
    given <= limit ? [] : [{ type: 'form-limit-reached', contract_id, form_version, limit, given, pointers: [WHOLE] }]
  const desired = contacts.map((input, index) => {
    const is_judged = refusals.length < MOST_REFUSALS
    const read = readContactInput(input, newId(), { customer_name, pointer: `${WHOLE}/${index}`, is_judged })
    refusals.push(...read.refusals)
    return read.contact
  })
  return {
    contacts: desired,
    refusals,
    places: new Map(desired.map(({ contact_id }, index) => [contact_id, `${WHOLE}/${index}`])),
    whole: WHOLE,
  }
}
