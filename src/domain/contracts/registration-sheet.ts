import type { ContactView } from '#domain/contact.ts'
import type { ContractView } from '#domain/contracts/contract.ts'
import { isPrimary } from '#domain/roster.ts'

/** One contract on a sheet, with its contacts: the primary first, then in the order of their registration. */
export type RegisteredContract = { contract: ContractView; product_name: string; contacts: ContactView[] }

/** R26: what is registered of a whole customer, to show or to print. `as_of` is the moment that it is of. */
export type RegistrationSheet = {
  customer_id: string
  customer_name: string
  as_of: string
  contracts: RegisteredContract[]
}

/** A sheet with its contracts in the order in which they are shown: by id, the ended ones last. */
export function registrationSheet(sheet: RegistrationSheet): RegistrationSheet {
  const contracts = sheet.contracts.map(({ contacts, ...contract }) => ({ ...contract, contacts: inOrder(contacts) }))
  return { ...sheet, contracts: contracts.toSorted(byState) }
}

function byState({ contract: a }: RegisteredContract, { contract: b }: RegisteredContract): number {
  const [isAEnded, isBEnded] = [a.state === 'ended', b.state === 'ended']
  if (isAEnded !== isBEnded) return isAEnded ? 1 : -1
  return a.contract_id < b.contract_id ? -1 : 1
}

function inOrder(contacts: readonly ContactView[]): ContactView[] {
  return contacts.toSorted((a, b) => {
    if (isPrimary(a) !== isPrimary(b)) return isPrimary(a) ? -1 : 1
    return a.contact_id < b.contact_id ? -1 : 1
  })
}
