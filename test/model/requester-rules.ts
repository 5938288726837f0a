import type { ModelRequester } from '../helpers/registry-operations.ts'
import type { ModelContact } from './model-contact.ts'
import type { ModelState } from './model-state.ts'

/** R25: the contacts that a requester may be: those at the address whom the name fits. */
export function mayHaveAsked(state: ModelState, contract_id: string, { email, name }: ModelRequester): ModelContact[] {
  return state
    .of(contract_id)
    .filter(contact => contact.email === email && (name === undefined || namesOf(contact).includes(name)))
}

/** The names by which a contact may be meant. */
function namesOf({ family_name, given_name }: ModelContact): string[] {
  return [family_name, `${family_name}${given_name ?? ''}`, `${given_name ?? ''} ${family_name}`]
}

/** R25: whether the primary has to confirm what a person asks for. A contract without contacts has no primary. */
export function needsConfirmation(
  before: ModelContact[],
  after: ModelContact[],
  { contact_id, concerns_contract }: { contact_id: string | null; concerns_contract: boolean },
): boolean {
  const primary = before.find(({ role }) => role === 'primary')
  if (primary === undefined || primary.contact_id === contact_id) return false
  return contact_id === null || concerns_contract || touches(primary, after)
}

function touches(primary: ModelContact, after: ModelContact[]): boolean {
  const left = after.find(({ contact_id }) => contact_id === primary.contact_id)
  const fields = ['role', 'family_name', 'given_name', 'email'] as const
  return left === undefined || fields.some(field => left[field] !== primary[field])
}

/** R25: the request as its contract's contacts make it now: the state that it has by its confirmation, or waits in. */
export function isUnconfirmed(before: ModelContact[], after: ModelContact[], request: ConfirmedRequest): boolean {
  if (!needsConfirmation(before, after, request)) return false
  const primary = before.find(({ role }) => role === 'primary')!
  return request.confirmed_by === null || (request.confirmed_by !== primary.contact_id && touches(primary, after))
}

type ConfirmedRequest = { contact_id: string | null; concerns_contract: boolean; confirmed_by: string | null }
