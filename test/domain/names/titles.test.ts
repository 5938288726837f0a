import t from 'tap'
import { judgeName } from '#domain/names/judge-name.ts'
import { nameOf, outcomeOf } from './judged-names.ts'

/** The name that is stored, in parts, and the title that is left out of it. */
function storedOf(written: string): [name: string, title: string | null] {
  const verdict = judgeName(nameOf(written), null)
  if (verdict.outcome === 'refused') return ['refused', null]
  const { family_name, given_name } = verdict.name
  return [given_name === null ? family_name : `${family_name}|${given_name}`, verdict.removed_title]
}

t.test('R13: a title is cut where the rest is a listed surname, with or without a given name', async t => {
  const cut = {
    '山田様|太郎': '山田|太郎',
    '佐藤さん|花子': '佐藤|花子',
    '鈴木殿|一郎': '鈴木|一郎',
    '髙橋様|健': '髙橋|健',
    'Yamada-san': 'Yamada',
    'Tanaka-sama': 'Tanaka',
    'Sato-kun': 'Sato',
    'Suzuki-sensei': 'Suzuki',
    'Watanabe san': 'Watanabe',
    'Taro Yamada-san': 'Taro Yamada',
    'Yamada|Mr.': 'Yamada',
    'Mr. Yamada': 'Yamada',
    'Mrs. Johnson': 'Johnson',
    'Dr. Hans Müller': 'Hans Müller',
    'MR. SMITH': 'SMITH',
    'Ms Garcia|Ana': 'Garcia|Ana',
    山田サン: '山田',
    佐藤サマ: '佐藤',
    鈴木クン: '鈴木',
    田中先生: '田中',
    伊藤ちゃん: '伊藤',
    渡辺くん: '渡辺',
    小林せんせい: '小林',
    中村殿: '中村',
    加藤氏: '加藤',
    吉田君: '吉田',
    '山田 太郎 様': '山田 太郎',
    山田太郎様: '山田太郎',
    佐々木一郎殿: '佐々木一郎',
    '山田|太郎殿': '山田|太郎',
    '山田|一郎氏': '山田|一郎',
    '山田|様': '山田',
    '山田|先生': '山田',
  }
  for (const [written, kept] of Object.entries(cut)) t.equal(storedOf(written)[0], kept, written)
})

t.test('R13: nothing is cut from a name that ends or begins like a title', async t => {
  const people = [
    'モハメド|ハッサン',
    'モハメド ハッサン',
    'グエン|サン',
    'グエン サン',
    'アウン|サン',
    'アウンサン',
    'スー|サン',
    'オサマ|アリ',
    'ウサマ',
    'キム|サン',
    'クリストファー|クン',
    'ソクン',
    '坂本|宏氏',
    '坂本 宏氏',
    '松平|主殿',
    '松平 主殿',
    '足利|尊氏',
    '足利尊氏',
    '新田|義氏',
    '北条|時氏',
    '有馬殿',
    '鵜殿',
    '真殿|太郎',
    '高殿|円',
    '陳|怡君',
    '鄧|麗君',
    '李|文君',
    '林君',
    '王|昭君',
    'Kim|Yu-san',
    'Aung San',
    'Nguyen San',
    'MS Dhoni',
    'DR Patel',
    'Smith|Sr.',
    'Garcia|Miguel Angel',
    'Drew|Barry',
    'おさん',
    'さん|ちえ',
  ]
  for (const written of people) {
    const [name, title] = storedOf(written)
    t.strictSame([name, title], [written, null], written)
    t.equal(outcomeOf(written), 'accepted', written)
  }
})

t.test('R13: what only may be a title stays, with a doubt', async t => {
  for (const written of [
    'ジョンさん',
    'つるがささん',
    'Mr. Xyzzy',
    'Kuroyanagi-san',
    '水流所様',
    'コバヤシ様',
    'Sir Xyzzy',
  ])
    t.strictSame([storedOf(written), outcomeOf(written).split(':')[0]], [[written, null], 'doubtful'], written)
})

t.test('R13: a title after a rank or a department does not hide it', async t => {
  const refused = {
    title: ['山田部長殿', '山田部長様', '佐藤課長さん', '鈴木社長様'],
    department: ['総務部様', '経理課殿', '情報システム部様', '人事部さん'],
    role: ['部長様', '担当者サマ', '社長さん', '店長殿'],
    company: ['山田商事様', '青空製作所様', '日本銀行殿'],
  }
  for (const [code, names] of Object.entries(refused))
    for (const name of names) t.equal(outcomeOf(name).split(':')[0], code, name)
})
