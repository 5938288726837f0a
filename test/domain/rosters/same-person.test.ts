import t from 'tap'
import type { PersonName } from '#domain/person-name.ts'
import { mayBeSamePerson } from '#domain/rosters/same-person.ts'

/** A name as `family/given`, or without a given name. */
function named(text: string): PersonName {
  const [family_name = '', given_name = null] = text.split('/')
  return { family_name, given_name }
}

const ALIKE = [
  ['山田', '山田/太郎', 'no given name'],
  ['山田', '山田太郎', 'no given name, and undivided'],
  ['山田太郎', '山田/太郎', 'undivided'],
  ['山田 太郎', '山田/太郎', 'a space for the division'],
  ['山田太/郎', '山田/太郎', 'divided elsewhere'],
  ['太郎/山田', '山田/太郎', 'parts swapped'],
  ['髙橋/一郎', '高橋/一郎', 'variant kanji'],
  ['髙橋', '高橋/一郎', 'variant kanji without a given name'],
  ['山﨑/弘', '山崎/弘', 'variant kanji'],
  ['渡邊/直', '渡辺/直', 'variant kanji'],
  ['やまだ/たろう', 'ヤマダ/タロウ', 'hiragana and katakana'],
  ['ﾔﾏﾀﾞ/ﾀﾛｳ', 'ヤマダ/タロウ', 'half-width kana'],
  ['ヤマダ/タロウ', 'Yamada/Taro', 'kana and Latin letters'],
  ['Yamada/Tarō', 'Yamada/Taro', 'long vowels'],
  ['Ōno/Yuko', 'Ono/Yūko', 'long vowels in both'],
  ['Taro Yamada', 'Yamada/Taro', 'undivided in Western order'],
  ['Yamada', 'Taro Yamada', 'a family name and an undivided name'],
  ['SMITH/JOHN', 'Smith/John', 'capitals'],
  ['Smith/J.', 'Smith/John', 'an initial'],
  ['Smith/John Q.', 'Smith/John', 'a middle name'],
  ['Smith/John Quincy', 'Smith/J. Q.', 'initials'],
  ['Müller/Jörg', 'Muller/Jorg', 'marks'],
  ["O'Hara/Mary", 'O’Hara/Mary', 'apostrophes'],
  ['Smith-Jones/Anna', 'Smith Jones/Anna', 'hyphens'],
  ['マリア・ガルシア', 'マリア ガルシア', 'a middle dot'],
  ['佐藤/花子', '佐藤/花子', 'the same'],
] as const

const UNALIKE = [
  ['山田/太郎', '山田/花子'],
  ['山田/太郎', '伊藤/太郎'],
  ['山田', '伊藤/太郎'],
  ['山田', '伊藤'],
  ['山', '山田/太郎'],
  ['山田', '山田川/太郎'],
  ['高橋/一郎', '高橋/二郎'],
  ['がく/みき', 'かく/みき'],
  ['Smith/John', 'Smith/Jane'],
  ['Smith/J.', 'Smyth/John'],
  ['Smith/J. Q.', 'Smith/John Robert'],
  ['Smith/M.', 'Smith/John'],
  ['林/一', '林/一郎'],
] as const

t.test('R17: two names may be one person’s in two spellings', async t => {
  for (const [one, other, how] of ALIKE) {
    t.ok(mayBeSamePerson(named(one), named(other)), `${how}: ${one} and ${other}`)
    t.ok(mayBeSamePerson(named(other), named(one)), `${how}: ${other} and ${one}`)
  }
})

t.test('R17: other names are other people’s', async t => {
  for (const [one, other] of UNALIKE) {
    t.notOk(mayBeSamePerson(named(one), named(other)), `${one} and ${other}`)
    t.notOk(mayBeSamePerson(named(other), named(one)), `${other} and ${one}`)
  }
})
