import t from 'tap'
import { companySearchText, contactSearchText, searchWords } from '#domain/search-text.ts'

const finds = (asked: string, family_name: string, given_name: string | null = null): boolean =>
  searchWords(asked).every(word => contactSearchText({ family_name, given_name }).includes(word))

t.test('R15: a search finds any part of a name by likeness', async t => {
  const found: [string, string, string | null][] = [
    ['髙橋', '高橋', '恵'],
    ['高橋', '髙橋', '恵'],
    ['高', '髙橋', null],
    ['山田太郎', '山田', '太郎'],
    ['山田　太郎', '山田', '太郎'],
    ['太郎 山田', '山田', '太郎'],
    ['田太', '山田', '太郎'],
    ['ﾀﾅｶ', 'たなか', null],
    ['たなか', 'タナカ', null],
    ['か\u3099', 'ガ', null],
    ['ｙａｍａｄａ', 'YAMADA', 'Taro'],
    ['john smith', 'Smith', 'John'],
    ['Smith John', 'Smith', 'John'],
    ['johnsmith', 'Smith', 'John'],
    ['smithjohn', 'Smith', 'John'],
    ['Muller', 'Müller', 'Jörg'],
    ['jorg', 'Müller', 'Jörg'],
    ['o’hara', "O'Hara", null],
    ['ohara', "O'Hara", null],
    ['jean luc', 'Picard', 'Jean-Luc'],
    ['jeanluc', 'Picard', 'Jean-Luc'],
    ['マリア・ルイーザ', 'ルイーザ', 'マリア'],
    ['吉', '𠮷野', '家'],
    ['김', '김', '철수'],
  ]
  for (const [asked, family, given] of found) t.ok(finds(asked, family, given), `${asked} in ${family} ${given}`)
})

t.test('R15: kana with and without a mark, and other names, are not alike', async t => {
  for (const [asked, family] of [
    ['か', 'が'],
    ['山本', '山田'],
    ['x', '山田'],
  ] as const)
    t.notOk(finds(asked, family), `${asked} in ${family}`)
})

t.test('words without letters and digits search for nothing', async t => {
  for (const empty of ['', '　', '・', '-', "'", '\u200b', '( )']) t.strictSame(searchWords(empty), [])
  t.strictSame(searchWords('山田 山田'), ['山田'], 'each word once')
})

t.test('a company is found by the short and the long form of its kind', async t => {
  for (const asked of ['㈱青空', '(株)青空', '（株）青空', '株式会社青空', '株式会社 青空', '青空商事', '空'])
    for (const name of ['㈱青空商事', '株式会社青空商事', '株式会社　青空商事'])
      t.ok(
        searchWords(asked).every(word => companySearchText(name).includes(word)),
        `${asked} in ${name}`,
      )
})
