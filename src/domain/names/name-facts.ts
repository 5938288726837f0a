import { comparedForm } from '#domain/names/compared-form.ts'
import type { PersonName } from '#domain/person-name.ts'

/** A name as the rules read it. */
export type NameFacts = {
  name: PersonName
  customer_name: string | null
  /** The parts in the form in which names are compared. */
  family: string
  given: string | null
  /** The whole name in that form. */
  text: string
  /** The same in lower case, without spaces and punctuation. */
  bare: string
}

const SPACES_AND_PUNCTUATION = /[\s.,;:!?*#'"“”‘’()・･、。「」『』【】《》〈〉_\-–—―ー…]/gu

/** The facts about a name, for the contact of a customer whose name may not be known yet. */
export function nameFacts(name: PersonName, customer_name: string | null): NameFacts {
  const text = comparedForm(writtenName(name))
  return {
    name,
    customer_name,
    family: name.given_name === null ? text : comparedForm(name.family_name),
    given: name.given_name === null ? null : comparedForm(name.given_name),
    text,
    bare: bareText(text),
  }
}

/** Both parts of a name in the order of the fields. */
export function writtenName({ family_name, given_name }: PersonName): string {
  return given_name === null ? family_name : `${family_name} ${given_name}`
}

/** A text in lower case, without spaces and punctuation. */
export function bareText(text: string): string {
  return text.toLowerCase().replace(SPACES_AND_PUNCTUATION, '')
}
