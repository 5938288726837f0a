import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** An IP address, or a range of addresses: all whose first `bits` bits are those of `address`, in IPv6 form. */
type IpRange = { address: ipaddr.IPv6; bits: number }

const IPV6_BITS = 128
// RFC 4291 §2.5.5.2: an IPv4 address in IPv6 form has its own 32 bits at the end.
const BITS_BEFORE_IPV4 = 96
const BITS = /^(0|[1-9]\d{0,2})$/

/** Whether a text is an IPv4 or IPv6 address, or a range in CIDR notation (RFC 4632, RFC 4291 §2.3). */
export function isIpRange(text: string): boolean {
  return readRange(text) !== undefined
}

/** Whether a text is the range of every address. */
export function coversEverything(text: string): boolean {
  return text.endsWith('/0')
}

/**
 * Whether an address is in one of the ranges. An IPv4 address is the same in IPv6 form. Ranges that are not
 * well-formed hold no address; a text that is no address is in no range.
 */
export function ipRangeMatcher(ranges: readonly string[]): (ip: string | undefined) => boolean {
  const read = ranges.map(readRange).filter(range => range !== undefined)
  if (read.length === 0) return () => false
  return ip => {
    const address = readAddress(ip)
    return address !== undefined && read.some(range => address.match(range.address, range.bits))
  }
}

/** Whether every address of some ranges is in others as well. A list without ranges means every address. */
export function areWithin(ranges: readonly string[], others: readonly string[]): boolean {
  if (others.length === 0) return true
  return ranges.length > 0 && ranges.every(range => others.some(other => isWithin(range, other)))
}

/**
 * The ranges that two lists share; undefined where they share no address. A list without ranges means every address.
 */
export function sharedRanges(some: readonly string[], others: readonly string[]): readonly string[] | undefined {
  if (areWithin(some, others)) return some
  if (areWithin(others, some)) return others
  // Of two ranges one holds the other, or they share nothing.
  const shared = [
    ...some.filter(range => others.some(other => isWithin(range, other))),
    ...others.filter(range => some.some(other => isWithin(range, other))),
  ]
  return shared.length === 0 ? undefined : [...new Set(shared)]
}

function isWithin(text: string, other: string): boolean {
  const [range, outer] = [readRange(text), readRange(other)]
  if (range === undefined || outer === undefined) return false
  return outer.bits <= range.bits && range.address.match(outer.address, outer.bits)
}

/** The address in its shortest form: IPv4 also where it comes in IPv6 form; undefined for a text that is no address. */
export function parseIp(text: string | undefined): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  // The package alone would take `127.1` and octal numbers.
  return text === undefined || isIP(text) === 0 ? undefined : ipaddr.process(text)
}

function readRange(text: string): IpRange | undefined {
  const [given = '', bits, ...more] = text.split('/')
  const address = readAddress(given)
  const isZoned = given.includes('%') // of one machine's interfaces only
  if (address === undefined || isZoned || more.length > 0) return undefined
  if (bits === undefined) return { address, bits: IPV6_BITS }
  const before = isIP(given) === 4 ? BITS_BEFORE_IPV4 : 0
  const whole = before + Number(bits)
  return BITS.test(bits) && whole <= IPV6_BITS ? { address, bits: whole } : undefined
}

function readAddress(text: string | undefined): ipaddr.IPv6 | undefined {
  const address = parseIp(text)
  return address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address
}

const NEVER_CALLED: ReadonlySet<string> = new Set(['linkLocal', 'unspecified', 'multicast', 'broadcast', 'reserved'])

const isGlobalUnicast = ipRangeMatcher(['2000::/3', '0.0.0.0/0']) // of IPv6, all that IANA has given out

/** Whether an address is public, of this machine, one that no client has a reason to call, or another. */
export function addressKind(ip: string): 'public' | 'loopback' | 'never' | 'other' {
  const behind = addressBehindGateway(ip)
  if (behind !== undefined) return ['never', 'loopback'].includes(addressKind(behind)) ? 'never' : 'other'
  const range = parseIp(ip)?.range() ?? 'reserved'
  if (range === 'unicast') return isGlobalUnicast(ip) ? 'public' : 'other'
  if (range === 'loopback') return 'loopback'
  return NEVER_CALLED.has(range) ? 'never' : 'other'
}

// Where IPv6 addresses hold the IPv4 address that a gateway calls for them, from which byte on.
const GATEWAYS = [
  { range: '64:ff9b::/96', byte: 12 }, // NAT64 (RFC 6052)
  { range: '64:ff9b:1::/48', byte: 12 }, // NAT64 of a network's own (RFC 8215)
  { range: '2002::/16', byte: 2 }, // 6to4 (RFC 3056)
  { range: '::ffff:0:0:0/96', byte: 12 }, // SIIT (RFC 2765)
].map(({ range, byte }) => ({ isIn: ipRangeMatcher([range]), byte }))

/** The IPv4 address that a gateway calls for an IPv6 address; undefined where the address is called itself. */
export function addressBehindGateway(ip: string): string | undefined {
  const address = parseIp(ip)
  const gateway = GATEWAYS.find(({ isIn }) => isIn(ip))
  return (
    address &&
    gateway &&
    address
      .toByteArray()
      .slice(gateway.byte, gateway.byte + 4)
      .join('.')
  )
}
