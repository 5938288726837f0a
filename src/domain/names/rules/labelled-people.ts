import { refusal, type Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const ROLES = '正|副|主|主担当|副担当|正担当|メイン|サブ|第[一二1-9]|予備|担当\\d?|旧|新|前任|後任|窓口'
const NUMBER = String.raw`(?<![\d\p{L}])[(]?\d[.):、]?(?=\s?\p{L})`
const LABEL = String.raw`(?:${ROLES})\s?[:=)】]|(?<!\p{L})[A-D]\s?[:.](?=\s?\p{Script=Han})|${NUMBER}`
const LABELS = new RegExp(`(?:${LABEL})`, 'giu')
const NUMBER_AFTER_NAME = /^1[.):]?\s?(\p{Script=Han}+)\s?2[.):]?\s?(\p{Script=Han}+)/u
const MAIN_AND_DEPUTY = /^(?:正|主|メイン)\s(\S+)\s(?:副|サブ)\s(\S+)$/u
const OR_ANOTHER =
  /^(\p{Script=Han}{2,})\s?\((?:または|又は|もしくは|不在時?は?|代理|副|or)\s?[:：]?\s?(\p{Script=Han}+)\)/u
const GROUP =
  /^(.{2,}?)(?:様|さん)?(?:\s?(?:ご?夫妻|ご?夫婦|ご?兄弟|姉妹|親子|母子|父子|ご?一家|ご?家族|両名|両氏|両人|御両名|コンビ|ペア))$/u

/** Several people with a label or a number before each: 正：山田 副：佐藤, ①山田②佐藤; or a couple: 山田夫妻. */
export function labelledPeople({ text }: NameFacts): Finding | undefined {
  const pair = NUMBER_AFTER_NAME.exec(text) ?? MAIN_AND_DEPUTY.exec(text) ?? OR_ANOTHER.exec(text)
  const [, first, second] = pair ?? []
  if (first !== undefined && second !== undefined) return joinedPeople(text, text, [first, second])
  const [group, surname = ''] = GROUP.exec(text) ?? []
  if (group !== undefined && (isSurname(surname) || /[・と]/u.test(surname)))
    return refusal('several-people', text.slice(surname.length).trim())
  const labels = text.match(LABELS) ?? []
  if (labels.length < 2) return undefined
  return joinedPeople(text, labels.map(label => label.trim()).join(' '), text.split(LABELS))
}
