import type { NameCode } from '#domain/names/name-verdict.ts'
import type { PersonName } from '#domain/person-name.ts'

/** The finding of a rule about a name. Only a `refusal` can be overridden; a `doubt` accepts the name. */
export type Finding = {
  code: NameCode
  matched: string
  suggestions: PersonName[]
  strength: 'final-refusal' | 'refusal' | 'doubt'
}

/** A rule's answer: a finding, or that the text is a person's name, or undefined, where the next rule decides. */
export type Ruling = Finding | 'person' | undefined

export type Rule<Facts> = (facts: Facts) => Ruling

/** The answer of the first rule that has one. */
export function firstRuling<Facts>(rules: readonly Rule<Facts>[], facts: Facts): Ruling {
  for (const rule of rules) {
    const ruling = rule(facts)
    if (ruling !== undefined) return ruling
  }
  return undefined
}

/** The finding of a ruling; none where the text is a person's name. */
export function findingOf(ruling: Ruling): Finding | undefined {
  return ruling === 'person' ? undefined : ruling
}

/** Whether a ruling refuses the name, finally or not. */
export function isRefusal(ruling: Ruling): ruling is Finding {
  return typeof ruling === 'object' && ruling.strength !== 'doubt'
}

/** A finding that no operator can override. `matched` is the part of the name that decides. */
export function finalRefusal(code: NameCode, matched: string, suggestions: PersonName[] = []): Finding {
  return { code, matched, suggestions, strength: 'final-refusal' }
}

/** A finding that an operator can override. */
export function refusal(code: NameCode, matched: string, suggestions: PersonName[] = []): Finding {
  return { code, matched, suggestions, strength: 'refusal' }
}

/** A finding that accepts the name with a warning. */
export function doubt(matched: string, suggestions: PersonName[] = [], code: NameCode = 'doubtful'): Finding {
  return { code, matched, suggestions, strength: 'doubt' }
}
