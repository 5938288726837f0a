import { refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

// What sentences end with, after a name or in place of one.
const PREDICATE = new RegExp(
  '(?:です(?:が|けど)?|でした|(?:[しりきえい]|願い)ます|ません|ました|ください|下さい|と申します|と言います|といいます|決める|決まっていない|いない|ない|に連絡|へ|に変更' +
    '|(?:に|へ)(?:変更|交代|交替|引き?継ぎ|引継)(?:予定)?|様方|が担当|は担当|まで|あて|行き|経由|予定|の代理|の代わり|代理人?)(?:です|ます)?$',
  'u',
)
const SPEAKER = /^(?:私|わたし|わたくし|僕|俺|当方|こちら)(?:は|が)?、?/u
const LABELS =
  '例|例え|見本|氏名|名前|お名前|ご氏名|担当者?名?|担当は|担当|新担当者?|旧担当者?|前担当者?|前任者?は?|後任者?は?|連絡先は' +
  '|from|name|to|cc|attn|新任|旧|新|元|現|退職|異動|退職済み?'
const LABELLED = new RegExp(String.raw`^(?:[(【[]?(?:${LABELS})[)】\]]?\s?(?:[:)>、】\]]|は)?\s?)(.+)$`, 'iu')
const MARK = /[:)>、】\]は\s]/u
const CHANGED = /(?:\d{1,2}月|\d{1,2}\/\d{1,2}|来月|今月|本日|今後|次回)\s?(?:から|より|以降|付|まで)/u
const DECORATED = /^[【「『《〈[(★☆※◎●■◆▪►▶→⇒>＞*+]+\s?([^】」』》〉\])]+?)\s?[】」』》〉\])★☆※!！*]*$/u
const NOTES =
  '退職|退職済み?|ご?本人|退職者|退職予定|予備|異動|異動済み?|転勤|休職中?|産休中?|育休中?|欠勤|死亡|故人|新任|前任|後任' +
  String.raw`|\d{1,2}月(?:末|初|中)?(?:まで|から|頃)?|予定|代理|未定|要確認|確認中|削除|停止|無効`
// In brackets. After a space they are given names too: 山田 新, 佐藤 元.
const SHORT_NOTES = '仮|旧|新|元|現'
const AFTER_NAME = new RegExp(String.raw`\s?[(](?:${NOTES}|${SHORT_NOTES})[)]?$|\s(?:${NOTES})$`, 'u')

const ENDS_SENTENCE = /\p{Script=Hiragana}{2}(?<=です|ですが|ます|ません|ました|ください|下さい|いない)$/u
const SAYS_UNKNOWN = /(?:未定|不明|なし|決ま|決め|わか|分か|連絡|不要|空[欄白]|調整|確認|検討|ありま|いま|まだ)/u
const PUNCTUATION = /[。.!、,]+$/u
const TITLE = /(?:さん|様|氏|君)$/u

/** A sentence, a label or a note with a name: 山田です, 例）山田, 4月から佐藤に変更, 【山田】. The person is offered. */
export function sentence({ text: written }: NameFacts): Finding | undefined {
  const text = written.replace(PUNCTUATION, '')
  if (CHANGED.test(text)) return refusal('placeholder', text)
  return decoratedPerson(text) ?? predicateOf(text) ?? labelledPerson(text) ?? notedPerson(text)
}

function decoratedPerson(text: string): Finding | undefined {
  const decorated = DECORATED.exec(text)?.[1]
  return decorated !== undefined && startsWithSurname(decorated)
    ? found(text.replace(decorated, ''), decorated)
    : undefined
}

function predicateOf(text: string): Finding | undefined {
  const predicate = PREDICATE.exec(text)?.[0]
  if (predicate === undefined) return undefined
  const before = text.slice(0, -predicate.length).replace(SPEAKER, '')
  if (startsWithSurname(before) || (predicate.length > 1 && isSurname(before))) return found(predicate, before)
  return before !== '' && ENDS_SENTENCE.test(text) && SAYS_UNKNOWN.test(text) ? refusal('placeholder', text) : undefined
}

function labelledPerson(text: string): Finding | undefined {
  const [whole, person = ''] = LABELLED.exec(text) ?? []
  if (whole === undefined) return undefined
  const label = text.slice(0, -person.length)
  return MARK.test(label.slice(-1)) && startsWithSurname(person) ? found(label.trim(), person) : undefined
}

function notedPerson(text: string): Finding | undefined {
  const note = AFTER_NAME.exec(text)?.[0]
  if (note === undefined) return undefined
  const noted = text.slice(0, -note.length).replace(TITLE, '')
  return startsWithSurname(noted) || isSurname(noted) ? found(note.trim(), noted) : undefined
}

function found(matched: string, person: string): Finding {
  return refusal('organisation-and-person', matched.trim(), [dividedName(person.trim())])
}

function startsWithSurname(text: string): boolean {
  const { family_name } = dividedName(text.trim())
  return isSurname(family_name) && family_name.length > 1
}
