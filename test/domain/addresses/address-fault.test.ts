import t from 'tap'
import { parseEmailAddress, readEmailAddress } from '#domain/addresses/email-address.ts'

const faultOf = (given: string): unknown => {
  const read = readEmailAddress(given)
  return 'fault' in read ? read.fault : 'none'
}

// By fault, texts that people and programs send in place of an address.
const FAULTS: Record<string, readonly string[]> = {
  'no-at': ['', 'yamada', 'yamada.example.jp', '山田', 'yamada at example.jp', 'なし', '03-1234-5678'],
  'two-addresses': [
    'a@example.jp,b@example.jp',
    'a@example.jp, b@example.jp',
    'a@example.jp;b@example.jp',
    'a@example.jp；b@example.jp',
    'a@example.jp b@example.jp',
    'a@example.jp\tb@example.jp',
    'a@example.jp、b@example.jp',
    'a@example.jp，b@example.jp',
    'a＠example.jp b＠example.jp',
    'a@example.jp/b@example.jp',
  ],
  'several-at': ['a@@example.jp', 'a@b@example.jp', 'a＠b@example.jp', '@@', '@a@b.jp'],
  'not-bare': [
    '<a@example.jp>',
    '山田 <a@example.jp>',
    '"山田" <a@example.jp>',
    'a@example.jp (山田)',
    'a@example.jp（山田）',
    'mailto:a@example.jp',
    'MAILTO:a@example.jp',
    '＜a@example.jp＞',
    'a@example.jp>',
    "'a@example.jp'",
    '“a@example.jp”',
    '「a@example.jp」',
  ],
  'white-space': [
    'a b@example.jp',
    'a@exam ple.jp',
    'a @example.jp',
    'a@ example.jp',
    'a　b@example.jp',
    'a\nb@example.jp',
  ],
  'nothing-before-at': ['@example.jp', '＠example.jp', '@'],
  'nothing-after-at': ['a@', 'yamada＠'],
  'trailing-dot': ['a@example.jp.', 'a@example.co.jp。', 'a@example.jp｡', 'a@example.jp．'],
  'no-dot-in-domain': ['a@localhost', 'a@example', 'a@日本語', 'a@jp'],
  'number-for-domain': ['a@192.0.2.1', 'a@[192.0.2.1]', 'a@[IPv6:2001:db8::1]', 'a@2130706433', 'a@0x7f.1'],
  'malformed-domain': [
    'a@example..jp',
    'a@.jp',
    'a@-example.jp',
    'a@example-.jp',
    `a@${'b'.repeat(64)}.jp`,
    'a@example.123',
    'a@xn--a.jp',
    'a@paral·el.cat',
    'a@a・b.com',
  ],
  'too-long': [
    `${'x'.repeat(65)}@example.jp`,
    `a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.jp`,
  ],
  'character-before-at': [
    'a"b@example.jp',
    'a\\b@example.jp',
    'a[b@example.jp',
    '☃@example.jp',
    'a:b@example.jp',
    'a・b@example.jp',
  ],
  'character-in-domain': [
    'a@example.jp:25',
    'a@example.jp/x',
    'a@ex%61mple.jp',
    'a@example.jp?x',
    'a@☃.jp',
    'a@ex!ample.jp',
    'a@exa_mple.jp',
  ],
}

for (const [fault, texts] of Object.entries(FAULTS)) {
  t.test(`R16: a refusal says which fault it is: ${fault}`, async t => {
    for (const text of texts) {
      t.equal(faultOf(text), fault, JSON.stringify(text))
      t.equal(parseEmailAddress(text), undefined)
    }
  })
}

// Characters that no person sees (Default_Ignorable_Code_Point), one of each block that has some.
const INVISIBLE = [
  '\u00AD',
  '\u034F',
  '\u061C',
  '\u115F',
  '\u1160',
  '\u17B4',
  '\u17B5',
  '\u180B',
  '\u180E',
  '\u180F',
  '\u200B',
  '\u200C',
  '\u200D',
  '\u200E',
  '\u200F',
  '\u202A',
  '\u202E',
  '\u2060',
  '\u2064',
  '\u2065',
  '\u206A',
  '\u206F',
  '\u3164',
  '\uFE00',
  '\uFE0E',
  '\uFE0F',
  '\uFFA0',
  '\uFFF0',
  '\u{1BCA0}',
  '\u{1D173}',
  '\u{E0001}',
  '\u{E0020}',
  '\u{E0100}',
  '\u{E01EF}',
  '\u{E0FFF}',
]

t.test('R16: a character that no person sees is refused by name, wherever it is', async t => {
  for (const character of INVISIBLE) {
    for (const text of [
      `tanaka${character}@example.jp`,
      `ta${character}naka@example.jp`,
      `田${character}中@example.jp`,
      `tanaka@exam${character}ple.jp`,
      `tanaka@example.j${character}p`,
      `"a..${character}"@example.jp`,
    ])
      t.strictSame(readEmailAddress(text), { fault: 'invisible-character', character }, JSON.stringify(text))
  }
})

// Domains as registries give them out, with the ASCII form that the DNS has.
const DOMAINS: readonly (readonly [string, string])[] = [
  ['ザ・セール.jp', 'xn--wckk8lmcg.jp'],
  ['ｻﾞ･ｾｰﾙ.jp', 'xn--wckk8lmcg.jp'],
  ['XN--WCKK8LMCG.jp', 'xn--wckk8lmcg.jp'],
  ['日本・東京.jp', 'xn--vekv70gs3pnfb5j.jp'],
  ['コーヒー.jp', 'xn--tck2c4fb.jp'],
  ['々.jp', 'xn--u6j.jp'],
  ['paral·lel.cat', 'xn--parallel-koa.cat'],
  ['PARAL·LEL.cat', 'xn--parallel-koa.cat'],
  ['نامه\u200Cای.com', 'xn--mgba3gch31f060k.com'],
  ['क्\u200Dष.com', 'xn--11b2ezcw70k.com'],
  ['straße.de', 'xn--strae-oqa.de'],
  ['faß.de', 'xn--fa-hia.de'],
  ['βόλος.gr', 'xn--nxasmm1c.gr'],
  ['example。jp', 'example.jp'],
  ['example｡co｡jp', 'example.co.jp'],
  ['ｅｘａｍｐｌｅ．ｊｐ', 'example.jp'],
  ['日本語。jp', 'xn--wgv71a119e.jp'],
  ['foo_bar.example.jp', 'foo_bar.example.jp'],
  ['_dmarc.example.co.jp', '_dmarc.example.co.jp'],
]

t.test('R16: domains as registries give them out, in either form', async t => {
  for (const [domain, host] of DOMAINS) {
    const read = parseEmailAddress(`a@${domain}`)
    t.equal(read?.email_key, `a@${host}`, domain)
    t.equal(parseEmailAddress(`a@${host}`)?.email_key, `a@${host}`, host)
    t.equal(parseEmailAddress(read?.email ?? '')?.email_key, `a@${host}`, 'and as it is kept for sending')
    t.notMatch(read?.email ?? '', /[。｡．]/, 'mail goes to a domain with dots')
  }
})

t.test('R16: joiners and middle dots out of their context make no domain', async t => {
  for (const domain of [
    'a\u200Db.com',
    'a\u200Cb.com',
    'l·a.cat',
    '·.cat',
    'a・b.jp',
    '・.jp',
    '\u05F3a.com',
    '\u0375a.com',
    'xn--a-ecp.ru',
    'xn--n3h.jp',
    'xn--1ugz855p.com',
  ])
    t.equal(parseEmailAddress(`a@${domain}`), undefined, domain)
})
