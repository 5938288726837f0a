import t from 'tap'
import { judgeName } from '#domain/names/judge-name.ts'
import { isFinal, nameOf, outcomeOf } from './judged-names.ts'

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
  t.match(outcomeOf('山田太郎', '山田太郎'), /^doubtful/, 'a person who trades alone')
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

t.test('R13: a final refusal cannot be overridden', async t => {
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
