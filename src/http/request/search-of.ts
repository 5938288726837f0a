import type { Static } from 'typebox'
import { isFreeMailDomain } from '#actions/support/senders/free-mail-domains.ts'
import type { ContactSearch } from '#db/rosters/contact-search.ts'
import { asciiHost, dottedDomain } from '#domain/addresses/address-host.ts'
import { readEmailAddress } from '#domain/addresses/email-address.ts'
import { searchWords } from '#domain/search-text.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import type { ContactSearchInput, CustomerSearchInput } from '#http/schemas/searches.ts'

/**
 * What a client searches contacts by. Refuses a search that names nothing to search for, a name without letters and
 * digits, and an address or a domain that no contact can have (R16).
 */
export function contactSearchOf(body: Static<typeof ContactSearchInput>): ContactSearch {
  const { name = null, email = null, domain = null, customer_id = null, contract_id = null } = body
  if ([name, email, domain, customer_id, contract_id].every(value => value === null)) throw nothingToSearchFor('#')
  const host = domain === null ? undefined : hostOf(domain)
  const isNarrowed = [email, customer_id, contract_id].some(value => value !== null)
  return {
    words: name === null ? [] : wordsOf(name),
    ...(email !== null && { email_key: addressKeyOf(email) }),
    ...(host !== undefined && { domain: host }),
    ...(customer_id !== null && { customer_id }),
    ...(contract_id !== null && { contract_id }),
    include_removed: body.include_removed ?? false,
    is_name_first: !isNarrowed && (host === undefined || isFreeMailDomain(host)),
  }
}

/** The words that a client searches customers by. Refuses a name without letters and digits. */
export function customerWordsOf({ name }: Static<typeof CustomerSearchInput>): string[] {
  return wordsOf(name)
}

function wordsOf(name: string): string[] {
  const words = searchWords(name)
  if (words.length === 0) throw nothingToSearchFor('#/name')
  return words
}

/** The key of an address in a body. Refuses what is no address (R16). */
export function addressKeyOf(email: string): string {
  const read = readEmailAddress(email)
  if ('fault' in read) throw invalidRequest({ in: 'body', pointer: '#/email', code: 'invalid-address', ...read })
  return read.email_key
}

function hostOf(domain: string): string {
  const host = asciiHost(dottedDomain(domain.trim().normalize('NFKC')))
  if (host !== undefined) return host
  throw invalidRequest({ in: 'body', pointer: '#/domain', code: 'invalid-address', fault: 'malformed-domain' })
}

function nothingToSearchFor(pointer: string) {
  return invalidRequest({ in: 'body', pointer, code: 'nothing-to-search-for' })
}
