import ipaddr from 'ipaddr.js'
import { parseIp } from '#ip-ranges.ts'

const NETWORK_BYTES = 8

/**
 * Under which address a client is counted: an IPv4 address by itself, also in IPv6 form; an IPv6 address by its /64,
 * because one host or household may use any address of it. Undefined for a text that is no address.
 */
export function countedAddress(address: string | undefined): string | undefined {
  const parsed = parseIp(address)
  if (parsed === undefined) return undefined
  if (parsed instanceof ipaddr.IPv4) return parsed.toString()
  return `${Buffer.from(parsed.toByteArray().slice(0, NETWORK_BYTES)).toString('hex')}::/64`
}
