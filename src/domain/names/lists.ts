import { readFileSync } from 'node:fs'

const FOLDER = `${import.meta.dirname}/lists`

// The words by which names are judged, read once, when the program starts. The files are next to this module and are
// part of the code, as a constant would be: this is the only file of the domain that may use `node:fs`.

// Japanese surnames are in the form in which names are compared: 高橋 covers 髙橋.
/** The most common Japanese surnames: nine names of ten. */
export const COMMON_SURNAMES = entriesOf('common-surnames')
/** Further Japanese surnames. */
export const FURTHER_SURNAMES = entriesOf('further-surnames')
/** Surnames that end like a part of an organisation: 服部, 田所. */
export const ORGANISATION_LIKE_SURNAMES = entriesOf('organisation-like-surnames')
/** Surnames that are also functions, companies or placeholders: 本部, 開発, 匿名. */
export const ORDINARY_WORD_SURNAMES = entriesOf('ordinary-word-surnames')
/** Surnames that are also ordinary words or places, but no department's whole name: 東京, 日本. */
export const DOUBTFUL_SURNAMES = entriesOf('doubtful-surnames')
/** Common surnames in Latin script, in lower case. */
export const LATIN_SURNAMES = setOf('latin-surnames')
/** Common given names in Latin script, in lower case. */
export const LATIN_GIVEN_NAMES = setOf('latin-given-names')

/** Given names that most readers take for a department or a rank: 経理. */
export const DOUBTFUL_GIVEN_NAMES = setOf('doubtful-given-names')
/** Given names that are also words of organisations, the doubtful ones among them: 博士, 平和. */
export const ORGANISATION_LIKE_GIVEN_NAMES: ReadonlySet<string> = DOUBTFUL_GIVEN_NAMES.union(
  setOf('organisation-like-given-names'),
)

/** Given names that are also common surnames: 千秋. */
export const SURNAME_LIKE_GIVEN_NAMES = setOf('surname-like-given-names')

/** Legal forms in Japanese, Chinese and Korean, at any place in a name. */
export const LEGAL_FORMS = entriesOf('legal-forms')
/** Legal forms in Latin script, as whole words, in lower case and without dots. */
export const LATIN_LEGAL_FORMS = setOf('latin-legal-forms')
/** Of these, the forms that are also names or initials of people. */
export const NAME_LIKE_LEGAL_FORMS = setOf('name-like-legal-forms')
/** Further legal forms that are also names: only in capitals, at the end of a name. */
export const AMBIGUOUS_LEGAL_FORMS = setOf('ambiguous-legal-forms')

/** Companies and authorities by their whole name. */
export const BRAND_NAMES = setOf('brand-names')
/** Of these, companies that are called like people: クボタ. */
export const BRAND_LIKE_NAMES = setOf('brand-like-names')
export const AUTHORITIES = setOf('authorities')
/** Words that count at any place in a name. */
export const COMPANY_WORDS = entriesOf('company-words')
export const DEPARTMENT_WORDS = entriesOf('department-words')
export const ROLE_WORDS = entriesOf('role-words')
/** Words that count only alone or at the end of a name. */
export const COMPANY_ENDINGS = entriesOf('company-endings')
export const DEPARTMENT_ENDINGS = entriesOf('department-endings')
export const FOREIGN_ORGANISATION_ENDINGS = entriesOf('foreign-organisation-endings')
export const ROLE_ENDINGS = entriesOf('role-endings')
/** Words that departments have before an ending: 経理 in 経理部. */
export const DEPARTMENT_STEMS = setOf('department-stems')
/** How these words are read, in Hepburn spelling without long vowels: somu. */
export const DEPARTMENT_READINGS = setOf('department-readings')
/** How the words for roles are read. */
export const ROLE_READINGS = setOf('role-readings')
/** Short words in katakana that end no foreign name. */
export const KATAKANA_ORGANISATION_WORDS = setOf('katakana-organisation-words')

/** Words of departments, roles and functions in Latin script, in lower case. */
export const LATIN_FUNCTION_WORDS = setOf('latin-function-words')
/** Of the words in Latin script, those that are also names of people. */
export const LATIN_SURNAME_WORDS = setOf('latin-surname-words')
/** Words that begin or end the name of an organisation in Latin script, in lower case. */
export const LATIN_ORGANISATION_BEGINNINGS = setOf('latin-organisation-beginnings')
export const LATIN_ORGANISATION_ENDINGS = setOf('latin-organisation-endings')

/** Titles after a name; those that also end names; and those in Latin script, before a name, in lower case. */
export const COURTESY_TITLES = entriesOf('courtesy-titles')
export const AMBIGUOUS_TITLES = entriesOf('ambiguous-titles')
export const LATIN_TITLES = setOf('latin-titles')

/** Texts that people type in place of a name: in lower case, without spaces and punctuation. */
export const PLACEHOLDER_WORDS = setOf('placeholder-words')
/** Of these, the texts that are never a given name. */
export const GIVEN_NAME_PLACEHOLDERS = setOf('given-name-placeholders')

/** Of these, what people are also called. */
export const NAME_LIKE_PLACEHOLDERS = setOf('name-like-placeholders')

/** Variant forms of kanji, to the form that they are compared by. */
export const VARIANT_KANJI = pairsOf('variant-kanji')
/** Radicals, to the kanji that they look like. */
export const RADICALS = pairsOf('radicals')

/** The entries of a list: one a line, after the comment lines that name its source. */
function entriesOf(list: string): readonly string[] {
  const lines = readFileSync(`${FOLDER}/${list}.txt`, 'utf8').trimEnd().split('\n')
  return lines.slice(lines.findIndex(line => !line.startsWith('# ')))
}

function setOf(list: string): ReadonlySet<string> {
  return new Set(entriesOf(list))
}

function pairsOf(list: string): ReadonlyMap<string, string> {
  return new Map(entriesOf(list).map(pair => Array.from(pair) as [string, string]))
}
