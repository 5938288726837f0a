import t from 'tap'
import { isFinal, outcomeOf, suggestionsOf } from './judged-names.ts'

t.test('R13: the people that a refused name may mean are offered', async t => {
  t.strictSame(suggestionsOf('総務部 山田太郎'), ['山田|太郎'])
  t.strictSame(suggestionsOf('総務部山田太郎'), ['山田|太郎'])
  t.strictSame(suggestionsOf('山田太郎(経理部)'), ['山田|太郎'])
  t.strictSame(suggestionsOf('山田部長'), ['山田'])
  t.strictSame(suggestionsOf('山田|部長'), ['山田'])
  t.strictSame(suggestionsOf('株式会社青空 山田 太郎'), ['山田|太郎'])
  t.strictSame(suggestionsOf('山田／伊藤太郎'), ['山田', '伊藤|太郎'])
  t.strictSame(suggestionsOf('山田/佐藤 他1名'), ['山田', '佐藤'])
  t.strictSame(suggestionsOf('情報システム部'), [])
})

t.test('R13: an unlikely given name, and a function before a common name, leave a doubt', async t => {
  for (const given_name of ['経理', '会計', '理事長', '次長', '総裁', '総長', '通信', '電子', '法人'])
    t.equal(outcomeOf(`山田|${given_name}`), `doubtful: ${given_name}`)
  for (const given_name of ['隼人', '博士', '主税', '左近', '織部'])
    t.equal(outcomeOf(`山田|${given_name}`), 'accepted', given_name)
  t.equal(outcomeOf('山田 経理'), 'doubtful: 経理')
  t.equal(outcomeOf('水流所|経理'), 'doubtful: 経理')
  t.equal(outcomeOf('総務 経理').split(':')[0], 'department')
  const withFunction = {
    '総務 山田': '山田',
    '人事 佐藤': '佐藤',
    '開発 鈴木': '鈴木',
    '営業 田中太郎': '田中|太郎',
    経理山田太郎: '山田|太郎',
    総務佐藤: '佐藤',
    '代表 山田': '山田',
    '経理|山田太郎': '山田|太郎',
  }
  for (const [written, person] of Object.entries(withFunction)) {
    t.match(outcomeOf(written), /^doubtful/, written)
    t.strictSame(suggestionsOf(written), [person], written)
  }
  for (const name of ['本部 太郎', '経理|太郎', '東 山田', '松屋|太郎', '村|長', '村|太郎'])
    t.equal(outcomeOf(name), 'accepted', name)
})

t.test('R13: a placeholder of a given name can be overridden where it may be a name', async t => {
  for (const name of ['Li|Na', 'Park|Na', 'Le Na']) t.equal(outcomeOf(name), 'accepted', name)
  for (const given_name of ['test', 'none', 'dummy'])
    t.strictSame(
      [outcomeOf(`山田|${given_name}`), isFinal(`山田|${given_name}`)],
      [`placeholder: ${given_name}`, false],
    )
  for (const name of ['山田|n/a', '山田|未定', 'n/a', 'Test|test'])
    t.strictSame([outcomeOf(name).split(':')[0], isFinal(name)], ['placeholder', true], name)
})

t.test("R13: a legal form in Latin script ends a company's name", async t => {
  for (const form of ['Inc', 'Inc.', 'LLC', 'Ltd', 'GmbH', 'S.A.', 'B.V.'])
    t.strictSame([outcomeOf(`青空 ${form}`), isFinal(`青空 ${form}`)], [`company: ${form}`, true])
  for (const name of ['Aozora Co.', 'Aozora S.A.', 'Aozora B.V.'])
    t.strictSame([outcomeOf(name), isFinal(name)], [`company: ${name}`, false])
  t.equal(outcomeOf('Aozora Co'), 'doubtful: Aozora Co', 'Co is a surname too')
  t.equal(outcomeOf('Venugopal K.K.'), 'accepted')
})

t.test("R13: words and accounts that are no person's are refused", async t => {
  const refused = {
    placeholder: ['Test|Anna', 'Sample|Joe', '個人名'],
    role: ['Admin|Ann', 'ベンダー', '一般ユーザー'],
    department: [
      '管理用',
      '情報共有用',
      'メーリングリスト',
      'ユーザ管理',
      '管理アカウント',
      '共有メール',
      '代表メール',
      '部内共有',
      '総務共有',
      '総務Gr',
      '勤怠管理',
      '外部委託',
      '売場',
      'General Affairs',
      'IT Yamada',
      'Accounting Yamada',
    ],
    'organisation-and-person': ['Yamada Taro (Accounting)', 'カフェ青空'],
    company: ['山田内科', '青空テック'],
    'several-people': ['山田 太郎 佐藤 花子', '山田太郎 佐藤花子'],
  }
  for (const [code, names] of Object.entries(refused)) {
    for (const name of names) t.equal(outcomeOf(name).split(':')[0], code, name)
  }
  t.strictSame(suggestionsOf('山田太郎 佐藤花子'), ['山田|太郎', '佐藤|花子'])
  t.equal(outcomeOf('John Smith (Johnny)'), 'accepted')
})
