import { asciiHost, foreignCharacter } from '#domain/addresses/address-host.ts'

/** Why a text is no address that mail can be sent to, and the character at fault where it is one. */
export type AddressFault =
  | {
      fault:
        | 'no-at'
        | 'two-addresses'
        | 'several-at'
        | 'not-bare'
        | 'white-space'
        | 'nothing-before-at'
        | 'nothing-after-at'
        | 'trailing-dot'
        | 'no-dot-in-domain'
        | 'number-for-domain'
        | 'malformed-domain'
        | 'too-long'
    }
  | { fault: 'invisible-character' | 'character-before-at' | 'character-in-domain'; character: string }

type Parts = { given: string; address: string; local: string; domain: string }

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u
const BRACKETS = /[<>()]|^mailto:|^(['"‘’“”`「]).+['"‘’“”`」]$/iu
const SEPARATED = /[,;/、，；\s]\s*/u
const LOCAL_CHARACTER = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]$/u
const LITERAL = /^\[.*\]$|^[\d.]+$|^0x/iu

/** The first fault of an address that could not be read (R16), in the order in which a person would look for it. */
export function addressFault({ given, address, local, domain }: Parts): AddressFault {
  const invisible = INVISIBLE.exec(given.trim())?.[0]
  if (invisible !== undefined) return { fault: 'invisible-character', character: invisible }
  return (
    faultOfWhole(address, local) ??
    faultOfParts(local, domain) ?? { fault: asciiHost(domain) === undefined ? 'malformed-domain' : 'too-long' }
  )
}

function faultOfWhole(address: string, local: string): AddressFault | undefined {
  if (BRACKETS.test(address)) return { fault: 'not-bare' }
  if (!address.includes('@')) return { fault: 'no-at' }
  const parts = address.split(SEPARATED).filter(part => part.includes('@'))
  if (parts.length > 1) return { fault: 'two-addresses' }
  if (local.includes('@')) return { fault: 'several-at' }
  return /\s/u.test(address) ? { fault: 'white-space' } : undefined
}

function faultOfParts(local: string, domain: string): AddressFault | undefined {
  if (local === '') return { fault: 'nothing-before-at' }
  if (domain === '') return { fault: 'nothing-after-at' }
  const character = Array.from(local).find(letter => !LOCAL_CHARACTER.test(letter))
  if (character !== undefined) return { fault: 'character-before-at', character }
  if (LITERAL.test(domain)) return { fault: 'number-for-domain' }
  const foreign = foreignCharacter(domain)
  if (foreign !== undefined) return { fault: 'character-in-domain', character: foreign }
  if (domain.endsWith('.')) return { fault: 'trailing-dot' }
  // Only below what a registry gives out, a label may have it.
  if (domain.includes('_')) return { fault: 'character-in-domain', character: '_' }
  return domain.includes('.') ? undefined : { fault: 'no-dot-in-domain' }
}
