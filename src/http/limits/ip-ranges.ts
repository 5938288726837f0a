import { BlockList, isIP } from 'node:net'

const LARGEST_PREFIX = { 4: 32, 6: 128 } as const

/** Whether a text is an IPv4 or IPv6 address, or a range of them in CIDR notation (RFC 4632, RFC 4291 §2.3). */
export function isIpRange(text: string): boolean {
  const { address, family, prefix } = parts(text)
  return (
    family !== 0 &&
    !address.includes('%') &&
    (prefix === undefined || (/^(0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= LARGEST_PREFIX[family]))
  )
}

/** Tells whether an address lies in any of the ranges; without ranges every address does. An IPv4 address that comes in IPv6 form is the IPv4 address. */
export function addressCheck(ranges: readonly string[]): (ip: string) => boolean {
  if (ranges.length === 0) return () => true
  const list = new BlockList()
  for (const { address, family, prefix } of ranges.map(parts)) {
    if (family !== 0)
      list.addSubnet(address, prefix === undefined ? LARGEST_PREFIX[family] : Number(prefix), `ipv${family}`)
  }
  return ip => {
    const family = isIP(ip)
    return family !== 0 && list.check(ip, family === 4 ? 'ipv4' : 'ipv6')
  }
}

function parts(range: string): { address: string; family: 0 | 4 | 6; prefix: string | undefined } {
  const slash = range.indexOf('/')
  const address = slash === -1 ? range : range.slice(0, slash)
  return { address, family: isIP(address) as 0 | 4 | 6, prefix: slash === -1 ? undefined : range.slice(slash + 1) }
}
