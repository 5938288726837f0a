import type { ActionContext } from '#actions/support/action-context.ts'
import { lockApiClientTerms } from '#db/api-clients/api-clients.ts'
import type { Transaction } from '#db/driver/transaction.ts'
import { earliest, holdsScope, type ApiClientTerms } from '#domain/api-clients/api-client.ts'
import {
  DEFAULT_LIFETIME_DAYS,
  GREATEST_LIFETIME_DAYS,
  daysAfter,
  type Grantor,
  type GrantLimits,
} from '#domain/api-clients/grant.ts'
import { RefusedError } from '#domain/refusal.ts'
import { areWithin } from '#ip-ranges.ts'

/**
 * What a grantor can give at most: an API client its own ranges, until it or its key ends; an access token 90 days, the
 * root credential 366 days. An API client's rights are read again and do not change until `trx` ends. Refuses a client
 * that was revoked or has lost the scope meanwhile.
 */
export async function grantLimits(
  { clock }: Pick<ActionContext, 'clock'>,
  trx: Transaction,
  { authority: { client, credential }, ends_at }: Grantor,
): Promise<GrantLimits> {
  const now = clock.now()
  const greatest = daysAfter(now, GREATEST_LIFETIME_DAYS)
  if (credential === 'root') return { ip_ranges: [], ends_at: greatest, names_requester: false }
  if (credential === 'access_token')
    return { ip_ranges: [], ends_at: daysAfter(now, DEFAULT_LIFETIME_DAYS), names_requester: false }
  const terms = await lockApiClientTerms(trx, client)
  if (terms === undefined || !holdsScope(terms, 'clients:manage', now))
    throw new RefusedError({ type: 'forbidden', required_scope: 'clients:manage' })
  const { ip_ranges, names_requester } = terms
  return { ip_ranges, ends_at: earliest(greatest, terms.expires_at, ends_at), names_requester }
}

type Reach = Pick<ApiClientTerms, 'ip_ranges' | 'expires_at' | 'names_requester'>

/** Refuses ranges, an end and a freedom beyond what can be given. What a client has already may stay. */
export function assertWithinLimits(terms: Reach, limits: GrantLimits, present?: Reach): void {
  const isWider = present === undefined || !areWithin(terms.ip_ranges, present.ip_ranges)
  if (isWider && !areWithin(terms.ip_ranges, limits.ip_ranges))
    throw new RefusedError({ type: 'forbidden', because: 'beyond-ranges' })
  const isLonger = present === undefined || terms.expires_at > present.expires_at
  if (isLonger && terms.expires_at > limits.ends_at)
    throw new RefusedError({ type: 'forbidden', because: 'beyond-end' })
  const isFreer = !terms.names_requester && (present === undefined || present.names_requester)
  if (isFreer && limits.names_requester) throw new RefusedError({ type: 'forbidden', because: 'names-requester' })
}
