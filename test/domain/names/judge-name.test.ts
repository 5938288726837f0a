import fc from 'fast-check'
import t from 'tap'
import { COMMON_SURNAMES } from '#domain/names/lists.ts'
import { judgeName } from '#domain/names/judge-name.ts'
import { likenessKey } from '#domain/names/name-keys.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import type { PersonName } from '#domain/person-name.ts'
import { SEED } from '../seed.ts'

/** A name as a test writes it: a bar divides family and given name. */
function nameOf(written: string): PersonName {
  const [family_name = '', given_name = null] = written.includes('|') ? written.split('|') : [written]
  return { family_name, given_name }
}

/** What comes of a name in one word, with the code and the part that it is for. */
function outcomeOf(written: string, customer_name: string | null = null): string {
  const verdict = judgeName(nameOf(written), customer_name)
  if (verdict.outcome === 'refused') return `${verdict.finding.code}: ${verdict.finding.matched}`
  return verdict.doubt === null ? 'accepted' : `doubtful: ${verdict.doubt.matched}`
}

function isFinal(written: string): boolean {
  const verdict = judgeName(nameOf(written), null)
  return verdict.outcome === 'refused' && verdict.is_final
}

function suggestionsOf(written: string): string[] {
  const verdict = judgeName(nameOf(written), null)
  const finding = verdict.outcome === 'refused' ? verdict.finding : verdict.doubt
  return (
    finding?.suggestions.map(({ family_name, given_name }) =>
      given_name === null ? family_name : `${family_name}|${given_name}`,
    ) ?? []
  )
}

const REFUSED: Record<string, string[]> = {
  empty: ['-', 'ーー', '…', '😀', '山田|-'],
  'contact-data': [
    'a@example.jp',
    'https://example.jp',
    'www.example.jp',
    'example.co.jp',
    '03-1234-5678',
    '０９０',
    't.yamada',
    'yamada_taro',
    'tanaka01',
    '山田|090-1234-5678',
    '山田@青空|太郎',
  ],
  placeholder: [
    'なし',
    '未定',
    'テスト',
    'テスト太郎',
    'ああああ',
    '○○',
    'ダミー',
    'test',
    'NULL',
    'xxxx',
    'abcabcabc',
    'Test User',
    'Aさん',
    '担当者未定',
    '{name}',
    '<name>',
    '山田|未定',
    '山田|なし',
    'ユーザー様',
    '氏名未登録',
  ],
  company: [
    '株式会社青空',
    '山田商事',
    '㈱青空',
    '青空（株）',
    'ｶ)ヤマダ',
    '日立製作所',
    '東京大学',
    'Acme Inc.',
    'Yamada Co., Ltd.',
    'Siemens AG',
    'Yamada Shoji K.K.',
    'Tanaka G.K.',
    'Nokia OY',
    'Smith & Sons',
    'トヨタ自動車',
    'ソニー',
    'Sony',
    '日本コパック',
    'JR東日本',
    '横浜市役所',
    '大阪府',
    'ABC社',
    'さくら会',
    '世界日報新聞',
    '北京科技有限公司',
  ],
  department: [
    '情報システム部',
    '経理課',
    '総務部人事課',
    '第一営業部',
    'DX推進室',
    'IT部',
    'システム開発グループ',
    '総務',
    '総務|部',
    '営業企画',
    '検査科',
    '本部',
    '開発',
    '情報|システム部',
    'Accounting Department',
    'Sales Team',
    'IT Department John',
    'Department of Finance',
    '영업부',
    '経理部 総務部',
    '旅行手配課',
  ],
  role: [
    'システム担当',
    '担当者',
    'ご担当者様',
    '管理者',
    '代表取締役',
    '営業部長',
    '理事長',
    'info',
    'admin',
    'Manager',
    'システム|担当',
  ],
  'organisation-and-person': [
    '総務部 山田太郎',
    '総務部|山田太郎',
    '総務部山田太郎',
    '山田太郎(経理部)',
    '山田（総務）',
    '担当：山田',
    '株式会社青空 山田太郎',
    '山田|経理部',
    '青空商事 山田太郎',
  ],
  title: ['山田部長', '鈴木課長', '山田|部長', '山田太郎社長'],
  'several-people': [
    '山田/伊藤',
    '山田、佐藤',
    '山田・佐藤',
    '山田と佐藤',
    '山田 他1名',
    '佐藤ほか2名',
    'John and Jane',
    '山田&佐藤',
  ],
}

for (const [code, names] of Object.entries(REFUSED)) {
  t.test(`R13, R14: ${code} is refused, with what says so`, async t => {
    for (const name of names) t.equal(outcomeOf(name).split(':')[0], code, name)
  })
}

t.test('R13: real people are accepted, whatever their surname looks like', async t => {
  const people = [
    '服部',
    '渡部',
    '阿部',
    '氷室',
    '田所',
    '度会',
    '馬場',
    '城所|浩',
    '阿部長治',
    '別所長治',
    '阿部|長',
    '佐藤朋会',
    '山田|博士',
    '山田|平和',
    '本部|太郎',
    '東京|太郎',
    '日立|太郎',
    '南部',
    '渡部 長一',
    '山口（修）',
    '山田花子（旧姓 佐藤）',
    'T. Yamada',
    'Venugopal K.K.',
    'Juan de Sas',
    'Roberto S.A. Garcia',
    'Jean-Luc Picard',
    'Alice Banks',
    'John Smith, Jr.',
    'Jennifer Null',
    'Nguyễn Văn An',
    '김민수',
    '王小明',
    'ジョン・スミス',
    'マイケル ハウス',
    'カルヴィン・クライン',
    'リース・ウィザースプーン',
    'Владимир Петров',
    '髙橋|一郎',
    '一',
    '水流所|太郎',
    '鵜殿',
    '神宮寺光由',
  ]
  for (const name of people) t.equal(outcomeOf(name), 'accepted', name)
})

t.test('R13: what may be a person or not is accepted with a doubt', async t => {
  for (const name of [
    '水流所',
    '田所長',
    '岡部長',
    '山口組',
    'Law',
    'Service',
    '東京',
    '中部',
    'Mizuho Bank',
    '水流所 太',
    '芽組合子',
  ])
    t.match(outcomeOf(name), /^(doubtful|accepted)/, name)
  for (const name of ['水流所', '田所長', '岡部長', '山口組', 'Law', '東京', 'Mizuho Bank'])
    t.match(outcomeOf(name), /^doubtful/, name)
})

t.test('R13: the people whom a refused name may mean are offered', async t => {
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
  const beside = {
    '総務 山田': '山田',
    '人事 佐藤': '佐藤',
    '開発 鈴木': '鈴木',
    '営業 田中太郎': '田中|太郎',
    経理山田太郎: '山田|太郎',
    総務佐藤: '佐藤',
    '代表 山田': '山田',
    '経理|山田太郎': '山田|太郎',
  }
  for (const [written, person] of Object.entries(beside)) {
    t.match(outcomeOf(written), /^doubtful/, written)
    t.strictSame(suggestionsOf(written), [person], written)
  }
  for (const name of ['本部 太郎', '経理|太郎', '東 山田', '松屋|太郎', '村|長', '村|太郎'])
    t.equal(outcomeOf(name), 'accepted', name)
})

t.test('R13: what stands for an unknown given name may be vouched for where it may be a name', async t => {
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

t.test("R13: words and accounts that are nobody's are refused", async t => {
  const nobody = {
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
  for (const [code, names] of Object.entries(nobody)) {
    for (const name of names) t.equal(outcomeOf(name).split(':')[0], code, name)
  }
  t.strictSame(suggestionsOf('山田太郎 佐藤花子'), ['山田|太郎', '佐藤|花子'])
  t.equal(outcomeOf('John Smith (Johnny)'), 'accepted')
})

t.test('R13: none of the commonest surnames is refused or doubted, alone or with a given name', async t => {
  const names = COMMON_SURNAMES.flatMap(surname => [
    surname,
    `${surname}|太郎`,
    `${surname} 花子`,
    `${surname}次郎`,
    `${surname}|明`,
  ])
  t.strictSame(
    names.filter(name => outcomeOf(name) !== 'accepted'),
    [],
  )
  t.match(outcomeOf('新保健'), /^doubtful/, 'a surname and a given name, or a new health department')
})

t.test('R13: titles are left out, where what remains is a name', async t => {
  const titles = [
    ['山田様', '山田', '様'],
    ['山田さん', '山田', 'さん'],
    ['山田|太郎様', '山田|太郎', '様'],
    ['山田|様', '山田', '様'],
    ['山田殿', '山田', '殿'],
    ['山田 太郎 殿', '山田 太郎', '殿'],
    ['Mr. Smith', 'Smith', 'Mr.'],
    ['Smith|Dr. John', 'Smith|John', 'Dr.'],
    ['Smith|Mr.', 'Smith', 'Mr.'],
    ['鵜殿', '鵜殿', null],
    ['さん', 'さん', null],
    ['おさん', 'おさん', null],
    ['源氏', '源氏', null],
    ['高氏', '高', '氏'],
  ] as const
  for (const [written, kept, title] of titles) {
    const verdict = judgeName(nameOf(written), null)
    if (verdict.outcome === 'accepted')
      t.strictSame([verdict.name, verdict.removed_title], [nameOf(kept), title], written)
    else t.equal(written, 'さん', 'a title alone is refused')
  }
})

t.test("R13: the customer's own name is no person's, unless it is a surname too", async t => {
  t.equal(outcomeOf('みどりの風', '株式会社みどりの風').split(':')[0], 'equals-customer')
  t.equal(outcomeOf('Globex', 'Globex Ltd.').split(':')[0], 'equals-customer')
  t.match(outcomeOf('鈴木', '株式会社鈴木'), /^doubtful/)
  t.match(outcomeOf('山田太郎', '山田太郎'), /^doubtful/, 'somebody who trades under their own name')
  t.match(outcomeOf('山田|太郎', '山田太郎'), /^doubtful/)
  for (const [name, customer] of [
    ['Tanaka', 'Tanaka Co., Ltd.'],
    ['Smith', 'Smith Inc.'],
    ['Yamada Taro', 'Yamada Taro'],
    ['李明', '李明'],
    ['金太郎', '金太郎'],
  ] as const)
    t.match(outcomeOf(name, customer), /^doubtful/, name)
  t.equal(outcomeOf('山田', '山田商事株式会社'), 'accepted')
  t.equal(outcomeOf('山田', '・'), 'accepted')
})

t.test('R13: the part that a finding is in is named', async t => {
  for (const [written, part] of [
    ['総務部|山田', 'family_name'],
    ['山田|経理部', 'given_name'],
    ['山田|未定', 'given_name'],
    ['開発第一|グループ営業', 'family_name'],
  ] as const) {
    const verdict = judgeName(nameOf(written), null)
    t.equal(verdict.outcome === 'refused' && verdict.finding.part, part, written)
  }
})

t.test('R13: what nobody may vouch for is refused for good', async t => {
  for (const name of [
    '-',
    '未定',
    'a@example.jp',
    '株式会社青空',
    'Acme Inc.',
    '山田/伊藤',
    '山田、佐藤/伊藤',
    '山田 & 佐藤／伊藤',
    '山田/佐藤 他1名',
  ])
    t.equal(isFinal(name), true, name)
  for (const name of ['情報システム部', '山田部長', '東京大学', '管理者', '山田、佐藤'])
    t.equal(isFinal(name), false, name)
})

// Letters, marks, signs and words that the lists know, put together at random.
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.constantFrom(
    '山田',
    '太郎',
    '部',
    '課長',
    '株式会社',
    '様',
    '(',
    ')',
    '・',
    ' ',
    '/',
    'Mr. ',
    'Inc.',
    'システム',
    'ー',
    '他1名',
    '\u200B',
    '\uFA19',
    '髙',
  ),
)
const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map(pieces => normalizeNamePart(pieces.join('')))

t.test('R13: no text makes the check fail, and what it accepts it accepts again', async t => {
  t.comment(`seed ${SEED}`)
  fc.assert(
    fc.property(text, fc.option(text), fc.option(text), (family_name, given_name, customer_name) => {
      const verdict = judgeName({ family_name, given_name }, customer_name)
      if (verdict.outcome === 'refused')
        return verdict.finding.matched.length <= `${family_name} ${given_name ?? ''}`.normalize('NFKC').length
      return verdict.removed_title !== null || judgeName(verdict.name, customer_name).outcome === 'accepted'
    }),
    { seed: SEED, numRuns: 1000 },
  )
})

const likeness = (form: string): string => likenessKey({ family_name: normalizeNamePart(form), given_name: null })

t.test('R15: the likeness of names is the same in every form of writing them', async t => {
  t.comment(`seed ${SEED}`)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 8 }), written => {
      return (
        ['NFC', 'NFD', 'NFKC'].every(form => likeness(written.normalize(form)) === likeness(written)) &&
        likeness(likeness(written)) === likeness(written)
      )
    }),
    { seed: SEED, numRuns: 1000 },
  )
})
