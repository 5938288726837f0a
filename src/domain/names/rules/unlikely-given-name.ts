import { refusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const UNLIKELY_GIVEN_NAMES: ReadonlySet<string> = new Set(['test', 'none', 'dummy'])

/** In most cases a placeholder, but also a given name of some people: an operator can override it (山田 | test). */
export function unlikelyGivenName({ name, given }: NameFacts): Finding | undefined {
  const isUnlikely = given !== null && UNLIKELY_GIVEN_NAMES.has(given.toLowerCase())
  return isUnlikely ? refusal('placeholder', given, [{ ...name, given_name: null }]) : undefined
}
