import type { Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const BETWEEN_KANJI =
  /^(\p{Script=Han}[\p{Script=Han}\p{Script=Hiragana}]*)([・と])(\p{Script=Han}[\p{Script=Han}\p{Script=Hiragana}]*)$/u

/** Names in kanji that ・ joins, or と between surnames: 山田・佐藤, 山田と佐藤. In katakana, ・ divides one foreign name. */
export function joinedKanjiNames({ text }: NameFacts): Finding | undefined {
  const [, first = '', joint = '', second = ''] = BETWEEN_KANJI.exec(text) ?? []
  const isJoined = joint === '・' || (joint === 'と' && isSurname(first) && isSurname(second))
  return isJoined ? joinedPeople(text, joint, [first, second]) : undefined
}
