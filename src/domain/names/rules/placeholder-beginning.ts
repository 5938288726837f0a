import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const BEGINNING = new RegExp(
  [
    '^(?:テスト(?!ー)|てすと|ダミー|だみー|サンプル|さんぷる|(?:[○〇◯●△▲□■×☆★◇◆※＊*]{2})|名無し|名前なし|名前未定',
    '担当者?(?:未定|不明|なし)|未定|未登録|未設定|匿名希望|動作確認|検証用|確認用|仮登録|該当(?:者)?(?:なし|無し)',
    '後任(?:未定|者未定)|(?:氏名|名前|姓名|本名|担当者?|連絡先)(?:不詳|不明|非公開|なし|無し)',
    '(?:だれも|誰も)(?:い|居)|(?:上記?|左記?|右記?|下記?|別記?|以下|以前|前回|先|前)?(?:と|に)?(?:同じく?|同様|同文)$',
    '(?:仮|ほげ|架空)\\s?(?:太郎|花子|一郎|次郎|ユーザー?)$)',
  ].join('|'),
  'u',
)
const STATES = '退職|異動|転勤|転出|退社|離職|休職|産休|育休|採用|入社|交代|交替|着任|選任|募集|変更'
const ABSENT = '現在|今のところ|いまのところ|とくに|特に|必要|該当|該当者|指定|記載|入力|登録|予定|後任'
const ENDING = new RegExp(
  [
    '(?:決まっていない|決まっておりません|決まっていません|知らない|知りません|不詳|たくない|(?:言え|書け)ない|(?:まだ|[決き]まって|決めて)い?ない)$',
    '(?:[してれえい]て|を)(?:ください|下さい)$',
    '^(?:漢字|カナ|かな)?(?:お?名前|氏名|姓名)\\s?(?:[(]?(?:漢字|カナ|かな|フリガナ|ふりがな|ローマ字)[)]?)?$',
    `^(?:${STATES})(?:予定者?|済み?|者|中)$`,
    '未(?:定|確定|設定|登録|記入|入力|確認|回答|選択|指定|着任)$',
    `^(?:${ABSENT})(?:なし|無し|ナシ|無)$`,
    '^(?:決まり|わかり|分かり|決定)次第',
    '(?:だれ|誰|なん|何|どなた)(?:でも|か)(?:いい|良い|よい|可|適当|結構)?$',
  ].join('|'),
  'u',
)
// Words of accounts that are made for a test, with a number or another such word: TestUser01.
const LATIN = /^(?:test|dummy|sample|demo|temp|tmp)[ _-]?(?:user|name|account|person|data|taro)[ _-]?\d*$/iu

/** The text begins or ends as only placeholders do: テスト太郎, 担当者未定, TestUser01. */
export function placeholderBeginning({ text }: NameFacts): Finding | undefined {
  const placeholder = BEGINNING.exec(text) ?? ENDING.exec(text) ?? LATIN.exec(text)
  return placeholder === null ? undefined : finalRefusal('placeholder', placeholder[0])
}
