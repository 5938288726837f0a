import { readContactInput, type ContactInput, type InputContext } from '#domain/contacts/contact-input.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { DesiredContact } from '#domain/roster.ts'

/** The contact that an input describes. Throws RefusedError with everything that speaks against it (R13–R16). */
export function acceptContact(input: ContactInput, contact_id: string, context: InputContext): DesiredContact {
  const { contact, refusals } = readContactInput(input, contact_id, context)
  const [first, ...others] = refusals
  if (first !== undefined) throw new RefusedError(first, ...others)
  return contact
}
