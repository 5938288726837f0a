import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { addressBehindGateway, addressKind, ipRangeMatcher } from '#ip-ranges.ts'

/** Where webhooks may go. */
export type WebhookRules = {
  /** Ranges (CIDR) that are not public and may be called all the same. */
  allowed_ranges: readonly string[]
  /** In production: no plain http, and no address of this machine. */
  is_production: boolean
  /** Certificates (PEM) of the authorities that receivers have, in addition to the usual ones; null for these alone. */
  ca: string | null
}

/** The rules where no setting says otherwise. */
export const PUBLIC_ONLY: WebhookRules = { allowed_ranges: [], is_production: true, ca: null }

/** Why a URL is not called. */
export type TargetFault = 'not-a-url' | 'plain-http' | 'credentials-in-url' | 'forbidden-address'

const LONGEST_LOOKUP = 3_000

// Addresses at which clouds give machines their secrets, apart from the link-local one.
const METADATA = ipRangeMatcher(['fd00:ec2::254', '100.100.100.200', '168.63.129.16', '192.0.0.192'])

/** What a URL itself says against calling it; undefined where nothing does, by what it says. */
export function urlFault(url: string, rules: WebhookRules): TargetFault | undefined {
  if (!URL.canParse(url)) return 'not-a-url'
  const { protocol, username, password, hostname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return 'not-a-url'
  if (username !== '' || password !== '') return 'credentials-in-url'
  if (protocol === 'http:' && rules.is_production) return 'plain-http'
  const host = bareHost(hostname)
  return isIP(host) !== 0 && !mayBeCalled(host, rules) ? 'forbidden-address' : undefined
}

/** Whether an address may be called: a public one, or one that is named. Link-local and metadata addresses may not. */
function mayBeCalled(ip: string, { allowed_ranges, is_production }: WebhookRules): boolean {
  const kind = addressKind(ip)
  if (kind === 'never' || [ip, addressBehindGateway(ip)].some(METADATA)) return false
  if (kind === 'loopback' && is_production) return false
  return kind === 'public' || ipRangeMatcher(allowed_ranges)(ip)
}

/**
 * The address of a host, to be called as it is: the name is not looked up again. `forbidden` where any of its addresses
 * is, so that the choice is not left to chance; `unresolved` where it has none.
 */
export async function targetAddress(
  hostname: string,
  rules: WebhookRules,
): Promise<{ address: string; family: number } | 'forbidden' | 'unresolved'> {
  const host = bareHost(hostname)
  const found = isIP(host) === 0 ? await addressesOf(host) : [{ address: host, family: isIP(host) }]
  const [first] = found
  if (first === undefined) return 'unresolved'
  return found.every(({ address }) => mayBeCalled(address, rules)) ? first : 'forbidden'
}

async function addressesOf(host: string): Promise<{ address: string; family: number }[]> {
  const { promise: late, resolve } = Promise.withResolvers<[]>()
  const timer = setTimeout(() => resolve([]), LONGEST_LOOKUP)
  try {
    return await Promise.race([lookup(host, { all: true }).catch(() => []), late])
  } finally {
    clearTimeout(timer)
  }
}

/** A host of a URL without the brackets of an IPv6 address. */
function bareHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}
