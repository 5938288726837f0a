import { doubt, type Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import { isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const COMPANIONS = /^(\S+?)(?:さん|様|氏)?(達|他|ほか| ?(?:ら|たち|など|等))$/u
const GIVEN_NAMES: ReadonlySet<string> = new Set(['等', '達'])

/** A person and companions: 山田ら, 佐藤さんたち. 等 and 達 are also given names, which leaves a doubt. */
export function andCompanions({ name, text }: NameFacts): Finding | undefined {
  const [, surname = '', companions = ''] = COMPANIONS.exec(text) ?? []
  if (surname.length < 2 || !isSurname(surname)) return undefined
  if (!GIVEN_NAMES.has(companions.trim())) return joinedPeople(text, companions, [surname])
  return name.given_name === null && !text.includes(' ') ? doubt(companions, [], 'several-people') : undefined
}
