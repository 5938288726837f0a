import { refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const BELONGING = /^(.{2,}?)の(.{2,})$/u
const RELATIVES = '妻|夫|母|父|息子|娘|兄|弟|姉|妹|家族|家内|主人|身内|知人|友人|紹介'
const COLLEAGUES =
  '部下|上司|同僚|秘書|代理|代わり|代役|後任|前任|後輩|先輩|アシスタント|件|携帯|電話|メール|アドレス|席|机|ところ|部署|会社'
const RELATED = new RegExp(`の(?:${RELATIVES}|${COLLEAGUES})(?:者|人|さん|様|の方|宛)?$`, 'u')

const UNNAMED = /^.{2,}の(?:人|者|方|誰か|だれか)$/u

/** A person named by another person or an organisation: 情シスの山田, 山田の妻. The person is offered. */
export function personOfAnother({ text }: NameFacts): Finding | undefined {
  if (!text.includes('の')) return undefined
  const related = RELATED.exec(text)
  const owner = related === null ? '' : text.slice(0, related.index)
  if (related !== null && isLongSurname(owner))
    return refusal('organisation-and-person', related[0], [{ family_name: owner, given_name: null }])
  if (UNNAMED.test(text)) return refusal('role', text)
  const [, organisation = '', person = ''] = BELONGING.exec(text) ?? []
  const named = dividedName(person.replace(/(?:さん|様|氏|です)$/u, ''))
  if (organisation === '' || !isLongSurname(named.family_name)) return undefined
  return refusal('organisation-and-person', `${organisation}の`, [named])
}

function isLongSurname(text: string): boolean {
  return text.length > 1 && isSurname(text)
}
