import { refusal, type Finding } from '#domain/names/finding.ts'
import { dividedName, isSurname } from '#domain/names/known-surnames.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const ADDRESSED = /^(.*?)\s?(御中|おんちゅう|各位|行き?|宛て?|気付|御一同様?|ご一同様?)$/u
const AFTER_SURNAMES = /^行き?$/u

/** A text that addresses an organisation or a letter: 経理御中, 山田宛. */
export function honorificAddress({ name, text }: NameFacts): Finding | undefined {
  const [, addressee = '', ending = ''] = ADDRESSED.exec(text) ?? []
  if (ending === '' || addressee === '') return undefined
  if (name.given_name !== null && !/^(?:御中|各位)$/u.test(ending)) return undefined
  const { family_name, given_name } = dividedName(addressee)
  const isPerson = isSurname(family_name)
  if (AFTER_SURNAMES.test(ending) && !(isPerson && given_name === null && ending === '行き')) return undefined
  if (/^宛て?$/u.test(ending) && text.includes(' ') && !text.includes(` ${ending}`) && !isPerson) return undefined
  return isPerson ? refusal('organisation-and-person', ending, [{ family_name, given_name }]) : refusal('company', text)
}
