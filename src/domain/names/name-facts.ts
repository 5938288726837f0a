import { comparedForm, comparedText } from '#domain/names/compared-form.ts'
import { ALL, classesOf, MARK, OTHER, SPACE } from '#domain/names/letter-classes.ts'
import type { PersonName } from '#domain/person-name.ts'

/** A name as the rules read it. */
export type NameFacts = {
  name: PersonName
  customer_name: string | null
  /** The classes of its characters, as it is written; all of them where one is in none of the usual classes. */
  classes: number
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
  const { family_name, given_name } = name
  if (given_name === null) {
    const classes = classesOf(family_name)
    const text = comparedText(family_name, classes)
    return factsOf(name, customer_name, { classes, family: text, given: null, text })
  }
  const ofFamily = classesOf(family_name)
  const ofGiven = classesOf(given_name)
  const classes = family_name === '' || given_name === '' ? ALL : ofFamily | ofGiven | SPACE
  const family = comparedText(family_name, ofFamily)
  const given = comparedText(given_name, ofGiven)
  // Other characters may combine with those of the other part.
  const text = (classes & OTHER) === 0 ? `${family} ${given}` : comparedForm(writtenName(name))
  return factsOf(name, customer_name, { classes, family, given, text })
}

type Forms = Pick<NameFacts, 'classes' | 'family' | 'given' | 'text'>

function factsOf(name: PersonName, customer_name: string | null, forms: Forms): NameFacts {
  const { classes, text } = forms
  const bare = (classes & (SPACE | MARK | OTHER)) === 0 ? text.toLowerCase() : bareText(text)
  return { name, customer_name, ...forms, classes: classes === 0 || (classes & OTHER) !== 0 ? ALL : classes, bare }
}

/** Both parts of a name in the order of the fields. */
export function writtenName({ family_name, given_name }: PersonName): string {
  return given_name === null ? family_name : `${family_name} ${given_name}`
}

/** A text in lower case, without spaces and punctuation. */
export function bareText(text: string): string {
  return text.toLowerCase().replace(SPACES_AND_PUNCTUATION, '')
}
