import t from 'tap'
import { ipRangeMatcher, isIpRange, parseIp } from '#ip-ranges.ts'

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
