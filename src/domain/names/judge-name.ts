import {
  doubt,
  findingOf,
  firstRuling,
  isRefusal,
  type Finding,
  type Rule,
  type Ruling,
} from '#domain/names/finding.ts'
import { nameFacts, type NameFacts } from '#domain/names/name-facts.ts'
import { nameText, type NameText, type TextForm } from '#domain/names/name-text.ts'
import { titleIn } from '#domain/names/name-titles.ts'
import type { NameFinding, NameVerdict } from '#domain/names/name-verdict.ts'
import { NEVER_A_NAME, neverNameIn } from '#domain/names/never-a-name.ts'
import { partOf } from '#domain/names/part-of-name.ts'
import { withPersonAfterCompany } from '#domain/names/person-after-company.ts'
import { RULE_NEEDS } from '#domain/names/rule-needs.ts'
import { rulingByClasses } from '#domain/names/rules-by-classes.ts'
import { accountName } from '#domain/names/rules/account-name.ts'
import { adminBeforeName } from '#domain/names/rules/admin-before-name.ts'
import { andCompanions } from '#domain/names/rules/and-companions.ts'
import { andOthers } from '#domain/names/rules/and-others.ts'
import { customersOwnName } from '#domain/names/rules/customers-own-name.ts'
import { damagedText } from '#domain/names/rules/damaged-text.ts'
import { departmentAfterFunction } from '#domain/names/rules/department-after-function.ts'
import { dividedKatakanaWord } from '#domain/names/rules/divided-katakana-word.ts'
import { departmentReading } from '#domain/names/rules/department-reading.ts'
import { doubtfulGivenName } from '#domain/names/rules/doubtful-given-name.ts'
import { doubtfulSurname } from '#domain/names/rules/doubtful-surname.ts'
import { familyNameNeverAName } from '#domain/names/rules/family-name-never-a-name.ts'
import { givenNamePlaceholder } from '#domain/names/rules/given-name-placeholder.ts'
import { hangulNames } from '#domain/names/rules/hangul-names.ts'
import { honorificAddress } from '#domain/names/rules/honorific-address.ts'
import { itBeforeName } from '#domain/names/rules/it-before-name.ts'
import { joinedKanjiNames } from '#domain/names/rules/joined-kanji-names.ts'
import { joinedNames } from '#domain/names/rules/joined-names.ts'
import { katakanaSurname } from '#domain/names/rules/katakana-surname.ts'
import { labelledPeople } from '#domain/names/rules/labelled-people.ts'
import { latinBrand } from '#domain/names/rules/latin-brand.ts'
import { latinDepartmentWord } from '#domain/names/rules/latin-department-word.ts'
import { latinFunctionWords } from '#domain/names/rules/latin-function-words.ts'
import { latinLegalForm } from '#domain/names/rules/latin-legal-form.ts'
import { latinOrganisationBeginning } from '#domain/names/rules/latin-organisation-beginning.ts'
import { latinOrganisationEnding } from '#domain/names/rules/latin-organisation-ending.ts'
import { latinPlaceholder } from '#domain/names/rules/latin-placeholder.ts'
import { legalFormAfterKanji } from '#domain/names/rules/legal-form-after-kanji.ts'
import { likelyLatinLegalForm } from '#domain/names/rules/likely-latin-legal-form.ts'
import { listedSurname } from '#domain/names/rules/listed-surname.ts'
import { manyWords } from '#domain/names/rules/many-words.ts'
import { namesSideBySide } from '#domain/names/rules/names-side-by-side.ts'
import { nameAfterFunction } from '#domain/names/rules/name-after-function.ts'
import { nameInFunctionsWord } from '#domain/names/rules/name-in-functions-word.ts'
import { ordinaryWord } from '#domain/names/rules/ordinary-word.ts'
import { organisationAcrossWords } from '#domain/names/rules/organisation-across-words.ts'
import { organisationAfterFunction } from '#domain/names/rules/organisation-after-function.ts'
import { organisationAfterSurname } from '#domain/names/rules/organisation-after-surname.ts'
import { organisationWithSurname } from '#domain/names/rules/organisation-with-surname.ts'
import { organisationInBrackets } from '#domain/names/rules/organisation-in-brackets.ts'
import { organisationInText } from '#domain/names/rules/organisation-in-text.ts'
import { organisationInWords } from '#domain/names/rules/organisation-in-words.ts'
import { organisationLikeGivenName } from '#domain/names/rules/organisation-like-given-name.ts'
import { organisationWithPerson } from '#domain/names/rules/organisation-with-person.ts'
import { personOfAnother } from '#domain/names/rules/person-of-another.ts'
import { latinPreposition } from '#domain/names/rules/latin-preposition.ts'
import { latinSentence } from '#domain/names/rules/latin-sentence.ts'
import { markedName } from '#domain/names/rules/marked-name.ts'
import { placeOrTime } from '#domain/names/rules/place-or-time.ts'
import { partWithoutLetter } from '#domain/names/rules/part-without-letter.ts'
import { sentence } from '#domain/names/rules/sentence.ts'
import { singleLatinWord } from '#domain/names/rules/single-latin-word.ts'
import { spacedLetters } from '#domain/names/rules/spaced-letters.ts'
import { unitAfterFunction } from '#domain/names/rules/unit-after-function.ts'
import { unlikelyGivenName } from '#domain/names/rules/unlikely-given-name.ts'
import { unmarkedGivenName } from '#domain/names/rules/unmarked-given-name.ts'
import type { Titled } from '#domain/names/titled.ts'
import type { PersonName } from '#domain/person-name.ts'

/** First, the name as it was given. */
export const AS_GIVEN: readonly Rule<NameFacts>[] = [
  ...NEVER_A_NAME,
  manyWords,
  partWithoutLetter,
  givenNamePlaceholder,
  familyNameNeverAName,
  latinLegalForm,
  legalFormAfterKanji,
  andOthers,
  andCompanions,
  labelledPeople,
  spacedLetters,
  accountName,
  placeOrTime,
  honorificAddress,
  sentence,
  personOfAnother,
  organisationWithSurname,
  latinSentence,
  joinedNames,
  joinedKanjiNames,
  hangulNames,
  markedName,
  namesSideBySide,
  departmentReading,
]

const rulingAsGiven = rulingByClasses(AS_GIVEN, RULE_NEEDS)

/** The rules that judge the form of a name without its title; they follow the rules above. */
export const BY_FORM: { readonly [Form in TextForm]: readonly Rule<NameText<Form>>[] } = {
  latin: [
    latinLegalForm,
    likelyLatinLegalForm,
    latinBrand,
    latinFunctionWords,
    singleLatinWord,
    latinDepartmentWord,
    latinOrganisationEnding,
    itBeforeName,
    latinPlaceholder,
    adminBeforeName,
    latinOrganisationBeginning,
    latinPreposition,
  ],
  bracketed: [organisationInBrackets],
  katakana: [dividedKatakanaWord, katakanaSurname, organisationInText],
  'one-word': [ordinaryWord, doubtfulSurname, listedSurname, organisationInText, nameInFunctionsWord],
  'surname-first': [
    unitAfterFunction,
    departmentAfterFunction,
    doubtfulGivenName,
    organisationLikeGivenName,
    nameAfterFunction,
    unmarkedGivenName,
    organisationAfterFunction,
    organisationAfterSurname,
  ],
  'several-words': [organisationWithPerson, organisationInWords, doubtfulGivenName, organisationAcrossWords],
}

/**
 * R13, R14: whether a name is a person's. A real person is never refused because the surname looks like something else
 * (服部, 田所, 阿部 長治): a text that may also be an organisation's is accepted with a doubt. Takes a name in parts, or whole
 * in `family_name`, as `normalizeNamePart` leaves it, and the name of the customer whose contact it becomes.
 */
export function judgeName(name: PersonName, customer_name: string | null): NameVerdict {
  const given = nameFacts(name, customer_name)
  const asGiven = findingOf(rulingAsGiven(given))
  if (asGiven !== undefined) return verdictOf(name, withPersonAfterCompany(asGiven, given.text))
  const titled = titleIn(given)
  const untitled = titled === undefined ? given : nameFacts(titled.rest, customer_name)
  const never = titled === undefined ? undefined : neverNameIn(untitled)
  if (never !== undefined) return verdictOf(name, withPersonAfterCompany(never, given.text))
  const finding =
    unlikelyGivenName(untitled) ?? formFinding(untitled) ?? customersOwnName(untitled) ?? damagedText(given)
  if (finding !== undefined && isRefusal(finding)) return verdictOf(name, finding)
  return titled === undefined ? acceptedName(name, finding) : withoutTitle(name, titled, finding)
}

/** An accepted name without its title. Where the title is not certain the name stays, with a doubt. */
function withoutTitle(
  name: PersonName,
  { rest, title, is_certain }: Titled,
  finding: Finding | undefined,
): NameVerdict {
  if (is_certain) return { ...acceptedName(name, finding), name: rest, removed_title: title }
  return acceptedName(name, finding ?? doubt(title, [rest], 'title'))
}

function formFinding({ name, text }: NameFacts): Finding | undefined {
  return findingOf(judgeText(text, name.given_name !== null))
}

function judgeText(text: string, isDivided = false): Ruling {
  return byForm(nameText(text, isDivided, judgeText))
}

function byForm<Form extends TextForm>(text: NameText<Form>): Ruling {
  return firstRuling<NameText<Form>>(BY_FORM[text.form], text)
}

function verdictOf(name: PersonName, finding: Finding): NameVerdict {
  if (!isRefusal(finding)) return acceptedName(name, finding)
  return { outcome: 'refused', finding: foundIn(name, finding), is_final: finding.strength === 'final-refusal' }
}

function acceptedName(name: PersonName, finding: Finding | undefined): Extract<NameVerdict, { outcome: 'accepted' }> {
  return {
    outcome: 'accepted',
    name,
    doubt: finding === undefined ? null : foundIn(name, finding),
    removed_title: null,
  }
}

function foundIn(name: PersonName, { code, matched, suggestions }: Finding): NameFinding {
  return { code, part: partOf(name, matched), matched, suggestions }
}
