import fc from 'fast-check'
import t from 'tap'
import { likenessKey, nameKey } from '#domain/names/name-keys.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { fullName } from '#domain/person-name.ts'
import { SEED } from './seed.ts'

t.test('R15: variant kanji stay as people write them', async t => {
  for (const name of ['髙橋', '宮﨑', '山﨑', '𠮷田', '渡邊', '渡邉', '齋藤', '葛\u{E0100}城'])
    t.equal(normalizeNamePart(name), name)
})

t.test('R15: compatibility ideographs survive that NFC and NFKC would rewrite', async t => {
  const ideographs = ['\uFA19', '\uFA1A', '\uFA10', '\uFA12', '\uF9DC', '\uFA5B', '\u{2F81A}']
  for (const ideograph of ideographs) {
    t.not(ideograph.normalize('NFC'), ideograph, 'this one would be lost')
    t.equal(normalizeNamePart(ideograph), ideograph)
    t.equal(normalizeNamePart(`ﾔﾏ${ideograph}　${ideograph}ｶﾞ`), `ヤマ${ideograph} ${ideograph}ガ`)
  }
})

t.test('R15: half-width kana and full-width Latin are unified', async t => {
  t.equal(normalizeNamePart('ﾔﾏﾀﾞ'), 'ヤマダ')
  t.equal(normalizeNamePart('Ｊｏｈｎ'), 'John')
  t.equal(normalizeNamePart('ﾊﾟｰｶｰ'), 'パーカー')
})

t.test('R15: decomposed input is composed', async t => {
  t.equal(normalizeNamePart('カ\u3099'), 'ガ')
  t.equal(normalizeNamePart('Jose\u0301'), 'José')
})

t.test('R15: spaces are trimmed and inner ones become one', async t => {
  t.equal(normalizeNamePart('\u3000 山田\u3000\u3000太郎 \t'), '山田 太郎')
  t.equal(normalizeNamePart('van\u00A0 der\u2003Berg'), 'van der Berg')
  t.equal(normalizeNamePart(' \u3000\u00A0\uFEFF'), '')
})

t.test('R15: normalising twice changes nothing more, and no text makes it fail', async t => {
  t.comment(`seed ${SEED}`)
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }),
    fc.integer({ min: 0xf900, max: 0xfaff }),
    fc.integer({ min: 0x2f800, max: 0x2fa1f }),
    fc.integer({ min: 0, max: 0x10ffff }),
    fc.constantFrom(0x20, 0x3000, 0xfeff, 0x301, 0x3099, 0xff9e, 0xa8, 0xd842, 0xdfb7),
  )
  const text = fc.array(codePoint, { maxLength: 12 }).map(points => String.fromCodePoint(...points))
  fc.assert(
    fc.property(text, given => {
      const once = normalizeNamePart(given)
      return normalizeNamePart(once) === once && once === once.trim()
    }),
    { seed: SEED, numRuns: 5000 },
  )
})

t.test('R15: Japanese names have the family name first', async t => {
  t.equal(fullName({ family_name: '山田', given_name: '太郎' }), '山田 太郎')
  t.equal(fullName({ family_name: 'ヤマダ', given_name: 'タロウ' }), 'ヤマダ タロウ')
  t.equal(fullName({ family_name: '山田', given_name: null }), '山田')
})

t.test('R15: names in Latin script have the given name first', async t => {
  t.equal(fullName({ family_name: 'Smith', given_name: 'John' }), 'John Smith')
  t.equal(fullName({ family_name: 'O’Brien', given_name: 'Mary-Jane' }), 'Mary-Jane O’Brien')
  t.equal(fullName({ family_name: 'Ångström', given_name: 'J. Jr.' }), 'J. Jr. Ångström')
  t.equal(fullName({ family_name: 'Smith', given_name: null }), 'Smith')
})

t.test('R15: only letters decide whether a name is in Latin script', async t => {
  const latin = [
    ['Lanaʻi', 'Kai'],
    ['OʼBrien', 'Seán'],
    ['O`Brien', 'Tom'],
    ['Col·lell', 'Jordi'],
    ['Clay', 'Muhammad "Ali"'],
    ['King, Jr.', 'Martin'],
    ['Musk', 'X Æ A-12'],
    ['García', 'Mª José'],
    ['Smith (Jones)', 'Ann'],
    ['D’Arcy', 'Jean–Luc'],
    ['Nguyễn', 'Thị Hương'],
    ['Brown*', 'Bob'],
    ['Smith', 'John 3rd'],
  ] as const
  for (const [family_name, given_name] of latin)
    t.equal(fullName({ family_name, given_name }), `${given_name} ${family_name}`)
  for (const [family_name, given_name] of [
    ['山田', 'Ali'],
    ['Smith', 'ジョン'],
    ['Ким', 'Li'],
    ['12', '3'],
    ['Smith', '-'],
    ['Σ', 'Li'],
    ['김', 'Min'],
  ] as const)
    t.equal(fullName({ family_name, given_name }), `${family_name} ${given_name}`)
})

t.test('R15: a name of mixed scripts keeps the Japanese order', async t => {
  t.equal(fullName({ family_name: '山田', given_name: 'John' }), '山田 John')
  t.equal(fullName({ family_name: 'Smith', given_name: '太郎' }), 'Smith 太郎')
  t.equal(fullName({ family_name: 'Иванов', given_name: 'Иван' }), 'Иванов Иван')
})

t.test('R19: one person is one name, whatever its spaces, case and parts', async t => {
  const key = nameKey({ family_name: '山田', given_name: '太郎' })
  t.equal(nameKey({ family_name: '山田 太郎', given_name: null }), key)
  t.equal(nameKey({ family_name: 'SMITH', given_name: 'John' }), nameKey({ family_name: 'Smith', given_name: 'JOHN' }))
  t.not(nameKey({ family_name: '山田', given_name: '次郎' }), key)
  t.not(nameKey({ family_name: '\uFA19', given_name: null }), nameKey({ family_name: '\u795E', given_name: null }))
})

t.test('R19: invisible characters do not make another person', async t => {
  t.equal(
    nameKey({ family_name: '山田\u200B', given_name: '太郎' }),
    nameKey({ family_name: '山田', given_name: '太郎' }),
  )
})

t.test('R15: radicals that look like kanji become them', async t => {
  t.equal(normalizeNamePart('⽥中⻑'), '田中長')
})

const likeness = (family_name: string, given_name: string | null = null): string =>
  likenessKey({ family_name, given_name })

t.test('R15: names of one likeness differ in variant kanji, width and spelling alone', async t => {
  for (const [one, other] of [
    ['髙橋', '高橋'],
    ['渡邊', '渡辺'],
    ['𠮷田', '吉田'],
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['SMITH', 'Smith'],
    ['\uFA19', '\u795E'],
    ['葛\u{E0100}城', '葛城'],
  ] as [string, string][])
    t.equal(likeness(one), likeness(other), one)
  t.equal(likeness('高橋', '一郎'), likeness('髙橋 一郎'))
  t.not(likeness('高橋'), likeness('高梨'))
})
