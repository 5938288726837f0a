import ipaddr from 'ipaddr.js'
import { parseIp } from '#ip-ranges.ts'

const NETWORK_BYTES = 8
const IPV4_NETWORK_BITS = 24
const IPV6_NETWORK_BITS = 48

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

/**
 * The network of an address, for the log: enough to find an attacker's provider, too little to be one person's address.
 * An IPv4 address by its /24, an IPv6 address by its /48. Undefined for a text that is no address.
 */
export function networkOf(address: string | undefined): string | undefined {
  const parsed = parseIp(address)
  if (parsed === undefined) return undefined
  const [family, bits] =
    parsed instanceof ipaddr.IPv4 ? [ipaddr.IPv4, IPV4_NETWORK_BITS] : [ipaddr.IPv6, IPV6_NETWORK_BITS]
  return `${family.networkAddressFromCIDR(`${parsed.toString()}/${bits}`).toString()}/${bits}`
}
