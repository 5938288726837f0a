import t from 'tap'
import { outcomeOf } from './judged-names.ts'

t.test('R13: capitals before kanji are a company only in undivided text', async t => {
  const people = [
    'KIM|太郎',
    'SATO|太郎',
    'LI|娜',
    'PARK|智星',
    'WANG|芳',
    'CHEN|美玲',
    'TANAKA|一郎',
    'SUZUKI|花子',
    'LEE|民',
    'HO|志明',
    'NG|美',
  ]
  people.push(
    '太郎|KIM',
    '花子|LEE',
    'KIM 太郎',
    'YI|舜臣',
    'SMITH|花子',
    'JONES|健',
    'MORI|有礼',
    'ITO|博文',
    'ONO|妹子',
    'ABE|晴明',
    'DOI|たか子',
  )
  people.push('Kim|太郎', 'kim|太郎', 'O|ヘンリー', 'LI|ナ', 'XU|静', 'LU|迅', 'MA|雲', 'HU|適', 'QI|白石')
  for (const name of people) t.equal(outcomeOf(name), 'accepted', name)
  for (const name of [
    'JR東日本',
    'NTT西日本',
    'JR 東日本',
    'NTT 西日本',
    'KDDI沖縄',
    'ABC商事',
    'ABC|商事',
    'IT|推進部',
  ])
    t.notMatch(outcomeOf(name), /^(accepted|doubtful)/, name)
})

t.test('R13: a part of one character is not joined with the other', async t => {
  const people = [
    '安|全',
    '管|理',
    '日|立',
    '本|社',
    '会|計',
    '社|会',
    '東|京',
    '中|央',
    '水|道',
    '花|王',
    '林|業',
    '森|林',
    '金|融',
    '高|校',
    '王|子',
  ]
  people.push(
    '国|立',
    '関|係',
    '組|長',
    '院|長',
    '村|長',
    '部|長',
    '呂|布',
    '張|飛',
    '連|絡',
    '保|安',
    '全|国',
    '安|保',
    '商|業',
    '工|場',
    '北野田|会',
  )
  people.push('水流所|組', '会|太郎', '社|健', '局|純一', '店|花子', '課|健太', '館|ひろし', '署|一', '庁|哲也')
  for (const name of people) t.equal(outcomeOf(name), 'accepted', name)
})

t.test('R13: a surname that is a brand too leaves a doubt alone, and none with a given name', async t => {
  const brands = [
    'クボタ',
    'オカムラ',
    'ミズノ',
    'コマツ',
    'ニトリ',
    'カシオ',
    'トヨタ',
    'フィリップス',
    'シーメンス',
    'みずほ',
    'しまむら',
    'コナミ',
    'ロッテ',
    'ジョナサン',
    'アサヒ',
  ]
  for (const name of [
    ...brands,
    'Mitsui',
    'Kubota',
    'Sumitomo',
    'Toyota',
    'Honda',
    'Kao',
    'Murata',
    'Casio',
    'Subaru',
    'Yamaha',
    'Nestle',
  ])
    t.match(outcomeOf(name), /^(doubtful|accepted)/, name)
  for (const brand of brands) t.equal(outcomeOf(`${brand}|太郎`), 'accepted', brand)
  for (const name of ['Mitsui|Taro', 'Taro Mitsui', 'Kubota|Ken', 'Toyo|Ta', 'Mi|Tsui', 'So|Ny'])
    t.equal(outcomeOf(name), 'accepted', name)
  for (const name of ['ソニー', 'Sony', 'Panasonic', 'トヨタ自動車', 'クボタ株式会社', 'キーエンス', '任天堂'])
    t.match(outcomeOf(name), /^company/, name)
})

t.test('R13: a word with a space after each letter is read as the word', async t => {
  const spaced = [
    '部 長',
    '課 長',
    '社 長',
    '係 長',
    '店 長',
    '総 務 部',
    '総　務',
    '経 理',
    '営 業 部',
    '担 当',
    '担 当 者',
    '管 理 者',
    '責 任 者',
    '事 務 局',
  ]
  spaced.push(
    '受 付',
    '窓 口',
    '人 事 部',
    '開 発',
    '情 報 シ ス テ ム 部',
    'テ ス ト',
    '未 定',
    '不 明',
    'な し',
    '取 締 役',
    '監 査 役',
    '院 長',
    '会 長',
    '専 務',
    '常 務',
    '支 店',
  )
  spaced.push(
    'ヘルプ デスク',
    'サポート センター',
    'コール センター',
    'カスタマー サポート',
    'システム 担当',
    'サービス デスク',
    'サポート デスク',
  )
  for (const name of spaced) t.notMatch(outcomeOf(name), /^(accepted|doubtful)/, name)
  for (const name of [
    '山 田',
    '田 中 一 郎',
    '佐 藤 花 子',
    '林 一',
    '服 部',
    '阿 部 長 治',
    '氷 室',
    '小 林 健',
    'マイケル ハウス',
    'サム ネット',
  ])
    t.equal(outcomeOf(name), 'accepted', name)
  t.match(outcomeOf('安 全'), /^doubtful/)
})
