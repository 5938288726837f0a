import {
  dividedName,
  functionBeforePerson,
  isCommonPerson,
  isDoubtfulSurname,
  isOrdinaryWord,
  isSurname,
} from '#domain/names/known-surnames.ts'
import { latinOrganisation, legalFormAfterKanji } from '#domain/names/latin-names.ts'
import {
  DOUBTFUL_GIVEN_NAMES,
  LATIN_SURNAMES,
  LEGAL_FORMS,
  ORGANISATION_LIKE_GIVEN_NAMES,
} from '#domain/names/lists.ts'
import { comparedForm, withoutRadicals } from '#domain/names/compared-form.ts'
import { hasLetter, isPlaceholderOfGivenName, isUnlikelyGivenName, neverNameIn } from '#domain/names/never-names.ts'
import {
  isMadeOfStems,
  isOrganisationWord,
  organisationIn,
  type OrganisationFinding,
  UNIT_ENDINGS,
} from '#domain/names/organisation-names.ts'
import { peopleIn } from '#domain/names/several-people.ts'
import { withoutTitle } from '#domain/names/name-titles.ts'

export type PersonName = { family_name: string; given_name: string | null }

/** Why a name is refused, or what leaves a doubt about it (R13, R14). */
export const NAME_CODES = [
  'empty',
  'contact-data',
  'placeholder',
  'company',
  'department',
  'role',
  'organisation-and-person',
  'title',
  'several-people',
  'equals-customer',
  'doubtful',
] as const
export type NameCode = (typeof NAME_CODES)[number]

type NamePart = 'family_name' | 'given_name'

/** What speaks against a name: the part of it, the words in it, and the people that it may mean. */
export type NameFinding = { code: NameCode; part: NamePart; matched: string; suggestions: PersonName[] }

/**
 * What comes of a name: it is a person's, with a doubt where it may be none, and without the title that stood beside it;
 * or it is refused, for good where `is_final`, else unless somebody vouches for it.
 */
export type NameVerdict =
  | { outcome: 'accepted'; name: PersonName; doubt: NameFinding | null; removed_title: string | null }
  | { outcome: 'refused'; finding: NameFinding; is_final: boolean }

// NFKC would rewrite compatibility ideographs (U+FA19 神 becomes U+795E): people write their names with them (R15).
const COMPATIBILITY_IDEOGRAPHS = /([\uF900-\uFAFF\u{2F800}-\u{2FA1F}]+)/u
const LATIN = /^[\p{Script=Latin}\p{M}\s.'’\-‐]+$/u
const LATIN_TEXT = /^[\p{Script=Latin}\p{M}\p{N}\p{P}\p{S}\s]+$/u
const KATAKANA_NAME = /^[ァ-ヺー・ =.]+$/u
const DIVIDED = /[ :]+/u
const BRACKETED = /[(（[「『]([^)）\]」』]*)[)）\]」』]/u

/**
 * A part of a name as it is kept (R15): trimmed, inner spaces one, full-width and half-width forms unified (NFKC), and
 * radicals as the kanji that they look like. Variant kanji stay as people write them (髙, 﨑, 𠮷, 神). Applying it twice changes nothing more.
 */
export function normalizeNamePart(given: string): string {
  return withoutRadicals(
    given
      .split(COMPATIBILITY_IDEOGRAPHS)
      .map(run => (COMPATIBILITY_IDEOGRAPHS.test(run) ? run : run.normalize('NFKC')))
      .join(''),
  )
    .trim()
    .replace(/\s+/gu, ' ')
}

/** The name of a person: 山田 太郎 in Japanese order, John Smith where both parts are in Latin script (R15). */
export function fullName({ family_name, given_name }: PersonName): string {
  if (given_name === null) return family_name
  return isLatin(family_name) && isLatin(given_name) ? `${given_name} ${family_name}` : `${family_name} ${given_name}`
}

/** Whether a name, or a part of one, is in Latin script, where the given name comes first (R15). */
export function isLatin(name: string): boolean {
  return LATIN.test(name)
}

/** What persons at one address are told apart by (R17, R19): their whole name, whatever its spaces, case and parts, and what nobody sees. */
export function nameKey(name: PersonName): string {
  return `${name.family_name}${name.given_name ?? ''}`
    .toLowerCase()
    .replace(/\s+|\p{Default_Ignorable_Code_Point}/gu, '')
}

/** What names are compared by where two people may be one: the same whatever variant kanji, width or spelling of a letter (髙橋, 高橋). */
export function likenessKey(name: PersonName): string {
  return comparedForm(nameKey(name)).toLowerCase().replaceAll(' ', '')
}

/**
 * R13, R14: whether a name is a person's. A real person is never to be refused because the surname looks like something
 * else (服部, 田所, 阿部 長治), so what only may be an organisation is accepted with a doubt. Takes a name in parts or whole
 * in `family_name`, as `normalizeNamePart` leaves it, and the name of the customer whose contact it becomes.
 */
export function judgeName(name: PersonName, customer_name: string | null): NameVerdict {
  const whole = comparedForm(given(name))
  const hard = neverNameIn(whole) ?? hardPart(name)
  if (hard !== undefined) return hardVerdict(name, whole, hard)
  const legal = LATIN_TEXT.test(whole) ? latinFinding(whole) : undefined
  if (legal?.is_final === true) return hardVerdict(name, whole, { code: 'company', matched: legal.matched })
  const form = legalFormAfterKanji(whole)
  if (form !== undefined) return hardVerdict(name, whole, { code: 'company', matched: form })
  const people = peopleIn(whole)
  if (people !== undefined) return severalVerdict(name, whole, people)
  const { rest, title } = withoutTitle(name)
  const left = title === null ? undefined : neverNameIn(comparedForm(given(rest)))
  if (left !== undefined) return hardVerdict(name, whole, left)
  const finding = placeholderFinding(rest) ?? findingIn(rest) ?? customerFinding(rest, customer_name)
  if (finding === undefined) return { outcome: 'accepted', name: rest, doubt: null, removed_title: title }
  const { code, matched, suggestions, is_certain } = finding
  const told = { code, part: partOf(name, matched), matched, suggestions }
  return is_certain
    ? { outcome: 'refused', finding: told, is_final: finding.is_final ?? false }
    : { outcome: 'accepted', name: rest, doubt: told, removed_title: title }
}

type Finding = { code: NameCode; matched: string; suggestions: PersonName[]; is_certain: boolean; is_final?: boolean }

function given({ family_name, given_name }: PersonName): string {
  return given_name === null ? family_name : `${family_name} ${given_name}`
}

/** A part that alone is never a name, beside one that may be: 未定 as a given name. A surname of one letter is somebody's. */
function hardPart({ family_name, given_name }: PersonName): ReturnType<typeof neverNameIn> {
  if (given_name === null) return undefined
  const empty = [family_name, given_name].map(comparedForm).find(part => !hasLetter(part))
  if (empty !== undefined) return { code: 'empty', matched: empty }
  if (isPlaceholderOfGivenName(comparedForm(given_name)))
    return { code: 'placeholder', matched: comparedForm(given_name) }
  const family = neverNameIn(comparedForm(family_name))
  return family?.code === 'company' || family?.code === 'contact-data' ? family : undefined
}

function hardVerdict(
  name: PersonName,
  whole: string,
  { code, matched }: { code: NameCode; matched: string },
): NameVerdict {
  const finding = {
    code,
    part: partOf(name, matched),
    matched,
    suggestions: code === 'company' ? besideCompany(whole) : [],
  }
  return {
    outcome: 'refused',
    finding: { ...finding, ...(finding.suggestions.length > 0 && { code: 'organisation-and-person' as const }) },
    is_final: true,
  }
}

/** The person who stands after a company's name, divided from it by a space. */
function besideCompany(whole: string): PersonName[] {
  const [company = '', ...rest] = whole.split(' ')
  const person = rest.join(' ')
  const isCompany =
    LEGAL_FORMS.some(form => company.includes(form)) &&
    !LEGAL_FORMS.some(form => person.includes(form)) &&
    company.length > 4
  return isCompany && rest.length > 0 && looksPersonal(person) ? [dividedName(person)] : []
}

/** A given name that most write who do not know it, and that may be somebody's: 山田 test. */
function placeholderFinding({ family_name, given_name }: PersonName): Finding | undefined {
  if (given_name === null || !isUnlikelyGivenName(comparedForm(given_name))) return undefined
  return {
    code: 'placeholder',
    matched: comparedForm(given_name),
    suggestions: [{ family_name, given_name: null }],
    is_certain: true,
  }
}

/** What in a name without titles speaks against it. */
function findingIn(name: PersonName): Finding | undefined {
  const whole = comparedForm(given(name))
  const brackets = BRACKETED.exec(whole)
  const isLatinText = LATIN_TEXT.test(whole)
  if (isLatinText && latinFinding(brackets?.[1] ?? '')?.is_certain !== true) return latinFinding(whole)
  if (brackets !== null) return bracketFinding(whole, brackets)
  if (KATAKANA_NAME.test(whole)) return textFinding(whole.replaceAll(' ', '・'))
  const words = whole.split(DIVIDED).filter(word => word !== '')
  return words.length === 1 ? wordFinding(whole) : wordsFinding(words, name.given_name !== null)
}

function latinFinding(whole: string): Finding | undefined {
  const finding = latinOrganisation(whole)
  return (
    finding && {
      code: finding.is_certain ? finding.code : 'doubtful',
      matched: finding.matched,
      suggestions: [],
      is_certain: finding.is_certain,
      is_final: finding.is_hard,
    }
  )
}

/** What stands in brackets may be a department (経理部), never a reason against 旧姓 佐藤. */
function bracketFinding(whole: string, [bracketed, inner = '']: RegExpExecArray): Finding | undefined {
  const outside = whole.replace(bracketed, ' ').trim().replace(/\s+/gu, ' ')
  const isOrganisation =
    organisationIn(inner.replaceAll(' ', ''))?.is_certain === true ||
    isMadeOfStems(inner) ||
    isOrdinaryWord(inner) ||
    (LATIN_TEXT.test(inner) && latinFinding(inner)?.is_certain === true)
  const around = findingIn({ family_name: outside, given_name: null })
  if (!isOrganisation || outside === '' || around?.is_certain === true) return around
  return { code: 'organisation-and-person', matched: inner, suggestions: [dividedName(outside)], is_certain: true }
}

/** One word: a surname of the lists, a person's whole name, or an organisation's. */
function wordFinding(word: string): Finding | undefined {
  if (isOrdinaryWord(word)) return ordinary(word)
  if (isDoubtfulSurname(word)) return { code: 'doubtful', matched: word, suggestions: [], is_certain: false }
  return isSurname(word) ? undefined : (textFinding(word) ?? besideFunction(functionBeforePerson(word), word))
}

/** A function's word with a common name after it: more likely somebody of that department than somebody of that surname. */
function besideFunction(word: string | undefined, text: string): Finding | undefined {
  if (word === undefined) return undefined
  return { code: 'doubtful', matched: word, suggestions: [dividedName(text.slice(word.length))], is_certain: false }
}

function textFinding(text: string): Finding | undefined {
  const finding = organisationIn(text)
  if (finding === undefined) return undefined
  if (!finding.is_certain)
    return { code: 'doubtful', matched: text.slice(finding.start, finding.end), suggestions: [], is_certain: false }
  return besidePerson(text, finding) ?? { code: finding.code, matched: text, suggestions: [], is_certain: true }
}

/** A person's name before a rank (山田部長) or after a department (総務部山田): whom it may mean. */
function besidePerson(text: string, { code, start, end }: OrganisationFinding): Finding | undefined {
  const before = text.slice(0, start)
  const after = text.slice(end)
  const matched = text.slice(start, end)
  if (code === 'role' && after === '' && looksPersonal(before) && !isMadeOfStems(before))
    return { code: 'title', matched, suggestions: [dividedName(before)], is_certain: true }
  if (after.length > 1 && looksPersonal(after))
    return {
      code: 'organisation-and-person',
      matched: text.slice(0, end),
      suggestions: [dividedName(after)],
      is_certain: true,
    }
  return undefined
}

/** Several words: a family name and what goes on after it, or an organisation, alone or with a person. */
function wordsFinding(words: readonly string[], isDivided: boolean): Finding | undefined {
  const [first = '', ...others] = words
  const rest = others.join('')
  const joined = words.join('')
  if (isSurname(first) || isOrdinaryWord(first) || isDoubtfulSurname(first)) return afterSurname(first, rest, joined)
  const organisations = words.filter(
    (word, index) => findingOf(word)?.is_certain === true && (index === 0 || !isGivenName(word)),
  )
  const persons = words.filter(word => !organisations.includes(word))
  if (organisations.length > 0 && persons.length > 0 && looksPersonal(persons.join(' '))) {
    return {
      code: 'organisation-and-person',
      matched: organisations.join(' '),
      suggestions: [dividedName(persons.join(' '))],
      is_certain: true,
    }
  }
  const whole = textFinding(joined)
  if (organisations.length === 0 && DOUBTFUL_GIVEN_NAMES.has(rest)) return unlikelyGivenName(first, rest)
  if (organisations.length > 0)
    return { ...(whole?.is_certain === true ? whole : findingOf(organisations[0]!)!), suggestions: [] }
  return whole?.is_certain === true ? { ...whole, suggestions: [] } : isDivided ? undefined : whole
}

/** A department or a rank where a given name stands (山田 経理): some are called so, but more belong to one. */
function unlikelyGivenName(family_name: string, matched: string): Finding {
  return { code: 'doubtful', matched, suggestions: [{ family_name, given_name: null }], is_certain: false }
}

/** After a surname stands a given name, unless it is a rank or a part of an organisation. */
function afterSurname(surname: string, rest: string, joined: string): Finding | undefined {
  if (isOrdinaryWord(surname) && rest.length === 1 && UNIT_ENDINGS.includes(rest))
    return { code: 'department', matched: joined, suggestions: [], is_certain: true }
  if (DOUBTFUL_GIVEN_NAMES.has(rest)) {
    const whole = isOrdinaryWord(surname) ? textFinding(joined) : undefined
    return whole?.is_certain === true ? { ...whole, suggestions: [] } : unlikelyGivenName(surname, rest)
  }
  if (isGivenName(rest)) return undefined
  if (isOrdinaryWord(surname) && isCommonPerson(rest) && findingOf(rest)?.is_certain !== true)
    return besideFunction(surname, joined)
  const finding = findingOf(rest)
  if (finding?.is_certain !== true || (rest.length === 2 && isMadeOfStems(rest) && !isOrganisationWord(rest)))
    return undefined
  if (isOrdinaryWord(surname) || isMadeOfStems(surname))
    return {
      ...(textFinding(joined) ?? finding),
      code: finding.code,
      matched: joined,
      suggestions: [],
      is_certain: true,
    }
  return {
    code: finding.code === 'role' ? 'title' : 'organisation-and-person',
    matched: rest,
    suggestions: [{ family_name: surname, given_name: null }],
    is_certain: true,
  }
}

/** Whether what stands after a family name is a given name, for all that it is an organisation's word elsewhere (博士, 平和). */
function isGivenName(word: string): boolean {
  return word.length === 1 || ORGANISATION_LIKE_GIVEN_NAMES.has(word)
}

function findingOf(word: string): Finding | undefined {
  return isOrdinaryWord(word) ? ordinary(word) : textFinding(word)
}

/** A surname that is a function's word too, taken for the function. */
function ordinary(word: string): Finding {
  return { code: organisationIn(word)?.code ?? 'department', matched: word, suggestions: [], is_certain: true }
}

/** Whether a text may be a person's name: it begins with a surname of the lists, and nothing in it is an organisation's. */
function looksPersonal(text: string): boolean {
  const compact = text.replaceAll(' ', '')
  if (organisationIn(compact)?.is_certain === true || isOrdinaryWord(compact)) return false
  const { family_name } = dividedName(text)
  return isSurname(family_name)
}

/** R13: the customer's own name without its legal form is no person's, unless it is a surname too (鈴木 at 鈴木), or had no legal form: who trades alone. */
function customerFinding(name: PersonName, customer_name: string | null): Finding | undefined {
  if (customer_name === null) return undefined
  const own = bareName(comparedForm(given(name)))
  if (own === '' || own !== bareName(comparedForm(customer_name))) return undefined
  const { family_name, given_name } = dividedName(own)
  const isTrader = compactForm(customer_name) === own
  const is_certain =
    !isTrader &&
    name.given_name === null &&
    !isSurname(own) &&
    !LATIN_SURNAMES.has(own) &&
    !(given_name !== null && family_name.length > 1 && isSurname(family_name))
  return { code: 'equals-customer', matched: given(name), suggestions: [], is_certain }
}

const BESIDE_WORDS = /[\s.,・]/gu
const LATIN_FORMS = /\b(?:inc|incorporated|corp|corporation|co|ltd|limited|llc|llp|plc|gmbh|ag|sarl|kk)\b\.?/gu

/** A customer's name in the form of `bareName`, with its legal form left in. */
function compactForm(text: string): string {
  return comparedForm(text).toLowerCase().replace(BESIDE_WORDS, '')
}

// The longest first: 特例有限会社 before 有限会社.
const REMOVED_FORMS = LEGAL_FORMS.toSorted((a, b) => b.length - a.length)

function bareName(text: string): string {
  let bare = text.toLowerCase()
  for (const form of REMOVED_FORMS) bare = bare.replace(form, '')
  return bare.replace(LATIN_FORMS, '').replace(BESIDE_WORDS, '')
}

/** R14: nobody vouches for `/`, because the support site joins names with it. */
function severalVerdict(
  name: PersonName,
  whole: string,
  { matched, names }: { matched: string; names: string[] },
): NameVerdict {
  return {
    outcome: 'refused',
    finding: { code: 'several-people', part: partOf(name, matched), matched, suggestions: names.map(dividedName) },
    is_final: whole.includes('/'),
  }
}

/** Which part of a name holds what was found: the given name only where it alone does. */
function partOf({ family_name, given_name }: PersonName, matched: string): NamePart {
  if (matched === '') return given_name !== null && hasLetter(comparedForm(family_name)) ? 'given_name' : 'family_name'
  const isInGiven = given_name !== null && comparedForm(given_name).includes(matched)
  return isInGiven && !comparedForm(family_name).includes(matched) ? 'given_name' : 'family_name'
}
