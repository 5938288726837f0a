import ipaddr from 'ipaddr.js'

const NETWORK_BYTES = 8

/**
 * Whom an address is counted as: IPv4 by itself, also where it is written in IPv6; IPv6 by its /64, which is what one
 * host or household has for the taking. What is no address is undefined.
 */
export function countedAddress(address: string | undefined): string | undefined {
  if (address === undefined || !ipaddr.isValid(address)) return undefined
  const parsed = ipaddr.process(address) // IPv4 also where it is written in IPv6
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${Buffer.from(parsed.toByteArray().slice(0, NETWORK_BYTES)).toString('hex')}::/64`
}
