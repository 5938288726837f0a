import { refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

// What sentences end with, after a name or in place of one.
const PREDICATE = new RegExp(
  '(?:です|でした|ます|ません|ました|ください|下さい|と申します|と言います|といいます|決める|決まっていない|いない|ない|に連絡|へ|に変更' +
    '|へ変更|に変更予定|に交代|へ交代|が担当|は担当|まで|経由|予定|の代理|の代わり|代理人?)(?:です|ます)?$',
  'u',
)
const LABELS =
  '例|例え|見本|氏名|名前|お名前|ご氏名|担当者?名?|担当は|担当|新担当者?|旧担当者?|前担当者?|前任者?は?|後任者?は?|連絡先は' +
  '|from|name|to|cc|attn|旧|新|元|現|退職|異動|退職済み?'
const LABELLED = new RegExp(String.raw`^(?:[(（]?(?:${LABELS})[)）]?\s?(?:[:：)）>、]|は)?\s?)(.+)$`, 'iu')
const MARK = /[:：)）>、は\s]/u
const CHANGED = /(?:\d{1,2}月|\d{1,2}\/\d{1,2}|来月|今月|本日|今後|次回)\s?(?:から|より|以降|付|まで)/u
const DECORATED = /^[【「『《〈[(★☆※◎●■◆→⇒>＞*]+\s?([^】」』》〉\])]+?)\s?[】」』》〉\])★☆※!！*]*$/u
const NOTES =
  '仮|退職|退職済み?|退職者|退職予定|異動|異動済み?|転勤|休職中?|産休中?|育休中?|欠勤|死亡|故人|新任|前任|後任|旧|新|元' +
  String.raw`|\d{1,2}月(?:まで|から|末)?|予定|代理|未定|要確認|確認中|削除|停止|無効`
const AFTER_NAME = new RegExp(String.raw`\s?[((（]?(?:${NOTES})[)）]?$`, 'u')

/** A sentence, a label or a note with a name: 山田です, 例）山田, 4月から佐藤に変更, 【山田】. The person is offered. */
export function sentence({ text }: NameFacts): Finding | undefined {
  if (CHANGED.test(text)) return refusal('placeholder', text)
  const decorated = DECORATED.exec(text)?.[1]
  if (decorated !== undefined && startsWithSurname(decorated)) return found(text.replace(decorated, ''), decorated)
  const predicate = PREDICATE.exec(text)?.[0]
  if (predicate !== undefined) {
    const before = text.slice(0, -predicate.length)
    if (startsWithSurname(before)) return found(predicate, before)
    if (
      /(?:です|ます|ません|ました|ください|下さい|いない)$/u.test(text) &&
      /\p{Script=Hiragana}{2}$/u.test(text) &&
      before !== ''
    )
      return HAS_PARTICLE.test(text) ? refusal('placeholder', text) : undefined
  }
  const [whole, person = ''] = LABELLED.exec(text) ?? []
  if (whole !== undefined && MARK.test(text.slice(0, -person.length).slice(-1)) && startsWithSurname(person))
    return found(text.slice(0, -person.length).trim(), person)
  const note = AFTER_NAME.exec(text)?.[0]
  const noted = note === undefined ? '' : text.slice(0, -note.length)
  return note !== undefined && /[\s((（]/u.test(note.charAt(0)) && startsWithSurname(noted)
    ? found(note.trim(), noted)
    : undefined
}

const HAS_PARTICLE = /(?:未定|不明|なし|決ま|決め|わか|分か|連絡|不要|空欄|調整中|確認中|検討中|ありま|いま|まだ)/u

function found(matched: string, person: string): Finding {
  return refusal('organisation-and-person', matched.trim(), [dividedName(person.trim())])
}

function startsWithSurname(text: string): boolean {
  const { family_name } = dividedName(text.trim())
  return isSurname(family_name) && family_name.length > 1
}
