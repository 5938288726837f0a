import type { Finding } from '#domain/names/finding.ts'
import { JOINING_SIGN, joinedPeople } from '#domain/names/joined-people.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const OTHERS = new RegExp(
  [
    String.raw`(?:[ 、,]*(?:他|ほか|外)\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2}|数)(?:名|人)様?`,
    String.raw`(?:ら|たち)\s?\d{1,2}(?:名|人)`,
    '(?:他|ほか|以下)(?:一同|全員)',
    '以下\\s*(?:\\d{1,2}|[一二三四五六七八九十数]{1,2})(?:名|人)',
    '[ 、,](?:他|ほか|など|et al\\.?))$',
  ].join('|'),
  'u',
)

/** A person and others that are not named: 山田 他1名, 佐藤ほか2名. */
export function andOthers({ text }: NameFacts): Finding | undefined {
  const others = OTHERS.exec(text)
  if (others === null) return undefined
  return joinedPeople(text, others[0].trim(), text.slice(0, others.index).split(JOINING_SIGN))
}
