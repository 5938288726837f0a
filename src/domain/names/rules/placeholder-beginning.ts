import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const PLACEHOLDER_BEGINNING = new RegExp(
  [
    '^(?:テスト(?!ー)|てすと|ダミー|だみー|サンプル|さんぷる|(?:[○〇◯●△▲□■×☆★◇◆※＊*]{2})|名無し|名前なし|名前未定',
    '担当者?(?:未定|不明|なし)|未定|未登録|未設定|匿名希望|動作確認|検証用|確認用|仮登録|該当(?:者)?(?:なし|無し)',
    '後任(?:未定|者未定))',
  ].join('|'),
  'u',
)
const UNKNOWN_ENDING = new RegExp(
  [
    '(?:決まっていない|決まっておりません|決まっていません)$',
    '^(?:退職|異動|転勤|転出|退社|離職|休職|産休|育休|採用|入社)(?:予定者?|済み?|者|中)$',
    '未(?:定|設定|登録|記入|入力|確認|回答|選択|指定|着任)$',
  ].join('|'),
  'u',
)

/** The text begins or ends as only placeholders do: テスト太郎, 担当者未定. */
export function placeholderBeginning({ text }: NameFacts): Finding | undefined {
  const beginning = PLACEHOLDER_BEGINNING.exec(text) ?? UNKNOWN_ENDING.exec(text)
  return beginning === null ? undefined : finalRefusal('placeholder', beginning[0])
}
