import t from 'tap'
import { COMMON_SURNAMES } from '#domain/names/lists.ts'
import { outcomeOf } from './judged-names.ts'

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

t.test('R13: none of the most common surnames is refused or doubted, alone or with a given name', async t => {
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
