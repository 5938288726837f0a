import fc from 'fast-check'
import { domainToASCII, domainToUnicode } from 'node:url'
import t from 'tap'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'
import { SEED } from '../seed.ts'

const keyOf = (given: string) => parseEmailAddress(given)?.email_key

t.test('R16: an address is kept as it was spelt and compared in lower case', async t => {
  t.strictSame(parseEmailAddress('Yamada.Taro@Aozora.Example.CO.JP'), {
    email: 'Yamada.Taro@Aozora.Example.CO.JP',
    email_key: 'yamada.taro@aozora.example.co.jp',
  })
})

t.test('R16: white space around it is dropped, also the ideographic one', async t => {
  t.strictSame(parseEmailAddress(' \u3000yamada@example.jp\r\n'), {
    email: 'yamada@example.jp',
    email_key: 'yamada@example.jp',
  })
})

t.test('R16: full-width ＠, letters and dots, and half-width kana are unified', async t => {
  t.strictSame(parseEmailAddress('Ｙａｍａｄａ＠ｅｘａｍｐｌｅ．ｃｏ．ｊｐ'), {
    email: 'Yamada@example.co.jp',
    email_key: 'yamada@example.co.jp',
  })
  t.equal(keyOf('ﾔﾏﾀﾞ@example.jp'), 'ヤマダ@example.jp')
})

t.test('R16: an internationalised domain compares in its ASCII form', async t => {
  t.strictSame(parseEmailAddress('info@日本語.jp'), { email: 'info@日本語.jp', email_key: 'info@xn--wgv71a119e.jp' })
  t.equal(keyOf('info@XN--WGV71A119E.JP'), 'info@xn--wgv71a119e.jp')
  t.equal(keyOf('a@CAF\u00C9.fr'), keyOf('a@cafe\u0301.fr'), 'composed and decomposed alike')
  t.equal(keyOf('山田@日本語.jp'), '山田@xn--wgv71a119e.jp')
})

t.test(
  'R16: upper and lower case are one address in any script, also where only one of them has a composed form',
  async t => {
    t.equal(keyOf('ΑΛΦΑ@example.jp'), keyOf('αλφα@example.jp'))
    t.equal(keyOf('H\u0331@example.jp'), keyOf('\u1E96@example.jp'))
    t.equal(keyOf('a@STRA\u1E9EE.de'), keyOf('a@straße.de'))
  },
)

t.test('R16: old carrier addresses are real, with their dots anywhere', async t => {
  for (const address of ['a..b@docomo.ne.jp', 'a.@ezweb.ne.jp', '.a@docomo.ne.jp', 'a...@docomo.ne.jp'])
    t.strictSame(parseEmailAddress(address), { email: address, email_key: address })
})

t.test('R16: quotes that only its dots made necessary are dropped', async t => {
  t.strictSame(parseEmailAddress('"A..b"@docomo.ne.jp'), { email: 'A..b@docomo.ne.jp', email_key: 'a..b@docomo.ne.jp' })
  for (const address of [
    '"a b"@example.jp',
    '"a@b"@example.jp',
    '""@example.jp',
    '"@example.jp',
    '"a"b"@example.jp',
    '"a\\.b"@example.jp',
  ])
    t.equal(parseEmailAddress(address), undefined, address)
})

t.test('R16: nothing else is folded: plus tags and dots count', async t => {
  const keys = [
    'yamada@example.jp',
    'yamada+support@example.jp',
    'ya.mada@example.jp',
    'yamada@mail.example.jp',
    'yamada@example.co.jp',
  ].map(keyOf)
  t.equal(new Set(keys).size, 5)
  t.equal(keyOf("!#$%&'*+/=?^_`{|}~-@example.jp"), "!#$%&'*+/=?^_`{|}~-@example.jp")
})

t.test('R16: reading what was read changes nothing more, and no text makes it fail', async t => {
  t.comment(`seed ${SEED}`)
  const character = fc.oneof(
    fc.constantFrom(...'aZ0.-+"@＠．İẞΣK日\u0301 '),
    fc.integer({ min: 0, max: 0x10ffff }).map(point => String.fromCodePoint(point)),
  )
  const text = fc.array(character, { maxLength: 8 }).map(characters => characters.join(''))
  const letters = fc.stringMatching(/^[\p{L}\p{N}\p{M}.]{1,8}$/u)
  const host = fc.oneof(text, letters, fc.constantFrom('example', 'ＥＸＡＭＰＬＥ', '日本語'))
  const written = fc
    .tuple(fc.oneof(text, letters), host, fc.constantFrom('jp', 'com', '日本'))
    .map(([local, name, top]) => `${local}@${name}.${top}`)
  let read = 0
  fc.assert(
    fc.property(fc.oneof(text, written), given => {
      const address = parseEmailAddress(given)
      if (address === undefined) return true
      read++
      const { email, email_key } = address
      return (
        parseEmailAddress(email)?.email === email &&
        keyOf(email) === email_key &&
        keyOf(email_key) === email_key &&
        email_key.isWellFormed()
      )
    }),
    { seed: SEED, numRuns: 6000 },
  )
  t.ok(read > 500, `${read} of them were addresses`)
})

t.test('R16: the last sigma of a word in capitals is the same letter as any other', async t => {
  t.equal(parseEmailAddress('ΟΔΟΣ@example.jp')?.email_key, parseEmailAddress('οδοσ@example.jp')?.email_key)
})

t.test('R16: the short way for plain domains leads where the long one does', async t => {
  const labels = fc.constantFrom(
    'a',
    'Example',
    'co',
    'jp',
    '-a',
    'a-',
    'xn--r8jz45g',
    'xn--a',
    '1',
    '0x1',
    '127',
    'a1',
    'a--b',
    'ab--c',
    '例え',
    '',
    'x'.repeat(63),
    'x'.repeat(64),
    'JP',
  )
  fc.assert(
    fc.property(
      fc.array(labels, { minLength: 1, maxLength: 5 }).map(parts => parts.join('.')),
      domain => {
        const host = domainToASCII(domain)
        const isHost =
          /^(?=.*\.)((?!-)[a-z0-9-]{1,63}(?<!-)\.)*(?!-)(?=[a-z0-9-]*[a-z])[a-z0-9-]{1,63}(?<!-)$/.test(host) &&
          host.length <= 250 &&
          !domainToUnicode(host).includes('xn--') // an encoding of nothing
        const key = keyOf(`a@${domain}`)
        if (key !== (isHost ? `a@${host}` : undefined)) throw new Error(`${domain}: ${key}, ${host}`)
      },
    ),
    { seed: SEED, numRuns: 3000 },
  )
  t.pass()
})
