import t from 'tap'
import { areWithin, ipRangeMatcher, isIpRange, parseIp, sharedRanges } from '#ip-ranges.ts'

t.test('ranges are addresses with or without a prefix, and nothing else', async t => {
  for (const range of ['0.0.0.0/0', '10.1.2.3', '10.1.2.3/32', '::/0', '2001:db8::1/128', '::ffff:10.0.0.1'])
    t.ok(isIpRange(range), range)
  for (const range of [
    '',
    '/',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/08',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0',
    '10.0.0.256',
    '2001:db8::/129',
    'fe80::1%eth0',
    'localhost',
    '10.0.0.0/8 ',
  ])
    t.notOk(isIpRange(range), range)
})

t.test('an address is in a range in either form of IPv4', async t => {
  const CASES: [range: string, ip: string, isInRange: boolean][] = [
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.9.9.9/8', '10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '11.0.0.0', false],
    ['::ffff:10.0.0.0/104', '10.1.2.3', true],
    ['::ffff:10.0.0.0/104', '11.1.2.3', false],
    ['::/0', '10.1.2.3', true],
    ['0.0.0.0/0', '::1', false],
    ['2001:db8::/32', '2001:db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['198.51.100.7', '198.51.100.7', true],
    ['198.51.100.7', '198.51.100.8', false],
    ['fe80::1', 'fe80::1%eth0', true],
  ]
  for (const [range, ip, isInRange] of CASES) t.equal(ipRangeMatcher([range])(ip), isInRange, `${ip} in ${range}`)
  t.ok(ipRangeMatcher(['10.0.0.0/8', '::1'])('::1'), 'any of the ranges will do')
})

t.test('a text that is no address is in no range', async t => {
  for (const text of ['', 'localhost', '10.1', '127.1', '010.0.0.1', '0x7f000001', '2130706433', undefined]) {
    t.equal(parseIp(text), undefined)
    t.notOk(ipRangeMatcher(['0.0.0.0/0', '::/0'])(text), String(text))
  }
  t.notOk(ipRangeMatcher([])('10.0.0.1'), 'without ranges there is nothing to be in')
})

t.test('ranges are within others where every address of them is; no ranges are every address', async t => {
  const CASES: [ranges: string[], others: string[], areWithin: boolean][] = [
    [[], [], true],
    [['10.0.0.0/8'], [], true],
    [[], ['0.0.0.0/0', '::/0'], false],
    [['10.1.0.0/16', '192.0.2.1'], ['192.0.2.0/24', '10.0.0.0/8'], true],
    [['10.0.0.0/8'], ['10.0.0.0/8'], true],
    [['10.0.0.0/7'], ['10.0.0.0/8'], false],
    [['10.0.0.1', '11.0.0.1'], ['10.0.0.0/8'], false],
    [['::ffff:10.0.0.1'], ['10.0.0.0/8'], true],
    [['a00::/8'], ['10.0.0.0/8'], false],
    [['10.0.0.1'], ['::/0'], true],
    [['2001:db8:1::/48'], ['2001:db8::/32'], true],
    [['nowhere'], ['::/0'], false],
  ]
  for (const [ranges, others, expected] of CASES)
    t.equal(areWithin(ranges, others), expected, `${ranges.join()} in ${others.join()}`)
})

t.test('shared ranges are the narrower ones; without a shared address there are none', async t => {
  t.same(sharedRanges([], ['10.0.0.0/8']), ['10.0.0.0/8'])
  t.same(sharedRanges(['10.0.0.0/8'], []), ['10.0.0.0/8'])
  t.same(sharedRanges([], []), [])
  t.same(sharedRanges(['10.0.0.0/8', '192.0.2.1'], ['10.1.0.0/16', '192.0.2.0/24']), ['192.0.2.1', '10.1.0.0/16'])
  t.same(sharedRanges(['10.0.0.0/8', '192.0.2.1'], ['10.0.0.0/8', '203.0.113.0/24']), ['10.0.0.0/8'])
  t.equal(sharedRanges(['10.0.0.0/8'], ['192.0.2.0/24']), undefined)
})
