import type { Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const PART = String.raw`[\p{Script=Han}\p{Script=Hiragana}ヶノケ々]+`
const NAME = String.raw`${PART}(?: (?:${PART}|[\p{Script=Katakana}ー]+))?`
const JOINED_BY_DOT = new RegExp(`^${NAME}(?:\\s?[・･]\\s?${NAME})+$`, 'u')
const NAME_IN_KATAKANA = /^[ァ-ヺー・ ]+$/u
const KATAKANA_AND_KATAKANA = /^[ァ-ヺー・]+と[ァ-ヺー・]+$/u
// Words and signs that join names only where surnames are on both sides of them: 山田と佐藤, 山田-佐藤.
const BETWEEN_SURNAMES = /[とかやー\-‐–—−~〜×x:.。|_=¥\\]|\s?(?:さん|様|氏)(?:と|、|・)?\s?/gu

/** Names in kanji that ・ joins, or と between surnames: 山田・佐藤, 山田と佐藤. In katakana, ・ divides one foreign name. */
export function joinedKanjiNames({ text }: NameFacts): Finding | undefined {
  if (KATAKANA_AND_KATAKANA.test(text)) return joinedPeople(text, 'と', text.split('と'))
  if (JOINED_BY_DOT.test(text)) return joinedPeople(text, '・', text.split(/[・･]/u))
  return NAME_IN_KATAKANA.test(text) ? undefined : jointBetweenSurnames(text)
}

function jointBetweenSurnames(text: string): Finding | undefined {
  for (const joint of text.matchAll(BETWEEN_SURNAMES)) {
    const names = [text.slice(0, joint.index), text.slice(joint.index + joint[0].length)]
    const people = [names, text.split(joint[0])].map(parts => parts.map(withoutTitle)).find(areSurnames)
    if (people !== undefined) return joinedPeople(text, joint[0].trim(), people)
  }
  return undefined
}

function withoutTitle(name: string): string {
  return name.trim().replace(/(?:さん|様|氏)$/u, '')
}

function areSurnames(names: readonly string[]): boolean {
  return names.every(name => name.length > 1 && isSurname(name))
}
