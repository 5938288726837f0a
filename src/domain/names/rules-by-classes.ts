import { firstRuling, type Rule, type Ruling } from '#domain/names/finding.ts'
import { ALL } from '#domain/names/letter-classes.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

/** The classes of characters without which a rule finds nothing: any of several sets, each of them whole. */
export type RuleNeeds = ReadonlyMap<Rule<NameFacts>, readonly number[]>

/** Whether a rule may find something in characters of these classes. A rule without needs always may. */
export function isNeeded(rule: Rule<NameFacts>, needs: RuleNeeds, classes: number): boolean {
  return needs.get(rule)?.some(set => (set & classes) === set) ?? true
}

/**
 * Judges names by the first rule that has an answer, as `firstRuling`, but passes over the rules that find nothing in
 * characters such as those of the name. Most names are of one script, and most rules read signs or the other script.
 */
export function rulingByClasses(rules: readonly Rule<NameFacts>[], needs: RuleNeeds): (facts: NameFacts) => Ruling {
  const tables = Array.from({ length: ALL + 1 }, (_, classes) => rules.filter(rule => isNeeded(rule, needs, classes)))
  return facts => firstRuling(tables[facts.classes] ?? rules, facts)
}
