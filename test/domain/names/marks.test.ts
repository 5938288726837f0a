import t from 'tap'
import { likenessKey } from '#domain/names/name-keys.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { outcomeOf } from './judged-names.ts'

function key(family_name: string): string {
  return likenessKey({ family_name: normalizeNamePart(family_name), given_name: null })
}

t.test('R15: a mark with a space of its own is composed with its letter where it can be', async t => {
  const composed = {
    'ウ゛ィトン': 'ヴィトン',
    'カ゛ンタ゛ム': 'ガンダム',
    'ハ゜トリック': 'パトリック',
    'は゛は゛': 'ばば',
    'Mu¨ller': 'Müller',
    'Jose´': 'José',
    'Garci´a': 'García',
    'Nun˜ez': 'Nuñez',
    'Franc¸ois': 'François',
    'Ka˚re': 'Kåre',
    'Dvor˘a´k': 'Dvor˘ák',
    'Wa˛sik': 'Wąsik',
    'U¨nal': 'Ünal',
    ﾋﾞﾄﾝ: 'ビトン',
    ｳﾞｨﾄﾝ: 'ヴィトン',
  }
  for (const [given, stored] of Object.entries(composed)) t.equal(normalizeNamePart(given), stored, given)
})

t.test('R15: what no letter composes with stays, and no space arises inside a name', async t => {
  const kept = [
    'O´Brien',
    'D´Angelo',
    'O´Hara',
    'L´Hôpital',
    'ト゜',
    'セ゜',
    'น้ำ',
    'คำ',
    'สำราญ',
    'อำพล',
    'ກຳ',
    'ຄຳ',
    'ນ້ຳ',
    'Mª José',
    'Mª',
    'Nº',
    'Ana½',
    'x¼',
    '¨',
    'A´B',
    'q¯b',
    'Hq˙x',
    'ʻOkina',
    'Lanaʻi',
    'OʼBrien',
    'Col·lell',
    'ﱞ',
    '髙',
    'นำ ชัย',
    'จำเริญ',
  ]
  for (const name of kept) t.equal(normalizeNamePart(name), name, name)
})

t.test('R15: a name that was torn before is mended', async t => {
  const mended = {
    'O \u0301Brien': 'O´Brien',
    'Mu \u0308ller': 'Müller',
    'ウ \u3099ィトン': 'ヴィトン',
    'ト \u309A': 'ト゜',
  }
  for (const [torn, name] of Object.entries(mended)) t.equal(normalizeNamePart(torn), name, name)
})

t.test('R13: names with such marks are accepted', async t => {
  for (const name of ['O´Brien|Tom', 'D´Angelo', 'สำราญ|ใจดี', 'ຄຳ|ແສງ', 'Mª José|García', 'ウ゛ィトン|ルイ'])
    t.equal(outcomeOf(normalizeNamePart(name.split('|')[0] ?? '')), 'accepted', name)
})

t.test('R15: every apostrophe is alike', async t => {
  for (const name of ['O’Hara', 'OʼHara', 'O´Hara', 'O`Hara', 'O‘Hara', 'O＇Hara', 'o′hara', 'Oʻhara'])
    t.equal(key(name), key("O'Hara"), name)
  for (const name of ['O’Mara', 'Ohira']) t.not(key(name), key("O'Hara"), name)
  t.equal(key('ト゜'), key('ﾄﾟ'))
})
