import t from 'tap'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'

const keyOf = (given: string) => parseEmailAddress(given)?.email_key
const domainOf = (octets: number) =>
  `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(octets - 186)}.jp`
const wideAddress = (labels: number) => `a@${Array.from({ length: labels }, () => '日'.repeat(30)).join('.')}.jp`

t.test('R16: the local part has at most 64 octets, the whole address 254, in both of its forms', async t => {
  t.ok(parseEmailAddress(`${'x'.repeat(64)}@example.jp`))
  t.notOk(parseEmailAddress(`${'x'.repeat(65)}@example.jp`))
  t.ok(parseEmailAddress(`${'山'.repeat(21)}@example.jp`))
  t.notOk(parseEmailAddress(`${'山'.repeat(22)}@example.jp`), 'octets count, not characters')
  t.ok(parseEmailAddress(`abcdefgh@${domainOf(245)}`))
  t.notOk(parseEmailAddress(`abcdefghi@${domainOf(245)}`))
  t.ok((keyOf(wideAddress(2))?.length ?? 254) < 120, 'short as it is compared')
  t.notOk(parseEmailAddress(wideAddress(3)), 'too long as it is sent')
  t.notOk(
    parseEmailAddress(`a@${Array.from({ length: 24 }, () => 'éa').join('.')}.jp.${'z'.repeat(60)}`),
    'too long as it is compared',
  )
})

t.test('R16: a domain has two labels or more, each as a host may have them', async t => {
  t.ok(parseEmailAddress(`a@${'b'.repeat(63)}.jp`))
  for (const domain of [
    'localhost',
    '',
    '.jp',
    'example.',
    'example..jp',
    '-example.jp',
    'example-.jp',
    'exa_mple.jp',
    `${'b'.repeat(64)}.jp`,
    '☃.jp',
    'example.123',
  ]) {
    t.equal(parseEmailAddress(`a@${domain}`), undefined, domain)
  }
})

t.test('R16: what is not one address is refused', async t => {
  const refused = [
    '',
    '@',
    'yamada',
    '@example.jp',
    'a@@example.jp',
    'a@b@example.jp',
    'a@example.jp,b@example.jp',
    'a@example.jp; b@example.jp',
    'a@example.jp b@example.jp',
    '山田太郎 <a@example.jp>',
    '"山田" <a@example.jp>',
    '<a@example.jp>',
    'mailto:a@example.jp',
    'a@example.jp (山田)',
    'a@[192.0.2.1]',
    'a@[IPv6:2001:db8::1]',
    'a@192.0.2.1',
    'a@0x7f.1',
    'a@1.0x7f',
    'a@2130706433',
    'a@example.jp:25',
    'a@example.jp/x',
    'a@example.jp?x',
    'a@ex%61mple.jp',
    'a@example%2ejp',
    'a@example.jp\0',
    'a\0@example.jp',
    'a\n@example.jp',
    'a b@example.jp',
    'a\u200B@example.jp',
    'a@exa\u00ADmple.jp',
    'a@exa\u200Dmple.jp',
    '\uD800@example.jp',
    'a@\uDC00.jp',
    '¨a@example.jp',
    'a@example.jp¨',
  ]
  for (const address of refused) t.equal(parseEmailAddress(address), undefined, JSON.stringify(address))
})
