/** The languages of texts for people. A client that asks for none of them gets the first. */
export const LANGUAGES = ['en', 'ja'] as const
export type Language = (typeof LANGUAGES)[number]

/** One text in every language: a text that lacks one does not compile. */
export type Words = Readonly<Record<Language, string>>

/** The longest `Accept-Language` that is read. */
export const LONGEST_ACCEPT_LANGUAGE = 1000

// RFC 9110 §12.5.4 and §12.4.2: a language range and its weight.
const WEIGHTED_RANGE = /^(\*|[a-z]{1,8}(?:-[a-z0-9]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

type WeightedRange = { language: string; weight: number }

/**
 * The language that an `Accept-Language` asks for (RFC 9110 §12.5.4). A range means the language of its first subtag
 * (RFC 4647 §3.4), `*` every language without a range; of equal weights the first wins. A header that names no language
 * of ours or is malformed gives English, and so does one of over 1000 characters, whose request is refused (431).
 */
export function languageOf(header: string | undefined): Language {
  const ranges = rangesOf(header ?? '')
  const [best] = LANGUAGES.map(language => ({ language, rank: rankOf(language, ranges) }))
    .filter(({ rank }) => rank.weight > 0)
    .toSorted((a, b) => b.rank.weight - a.rank.weight || a.rank.place - b.rank.place)
  return best?.language ?? LANGUAGES[0]
}

function rangesOf(header: string): WeightedRange[] {
  if (header.length > LONGEST_ACCEPT_LANGUAGE) return []
  const members = header
    .split(',')
    .map(member => member.trim())
    .filter(member => member !== '')
  const ranges = members.map(rangeOf)
  return ranges.every(range => range !== undefined) ? ranges : []
}

function rangeOf(member: string): WeightedRange | undefined {
  const [, tag, weight = 1] = WEIGHTED_RANGE.exec(member) ?? []
  return tag === undefined ? undefined : { language: tag.toLowerCase().replace(/-.*/, ''), weight: Number(weight) }
}

/** The weight of a language, and the place of its range in the header. */
function rankOf(language: Language, ranges: readonly WeightedRange[]): { weight: number; place: number } {
  const named = ranges.filter(range => range.language === language)
  const covering = named.length > 0 ? named : ranges.filter(range => range.language === '*')
  const weight = Math.max(0, ...covering.map(range => range.weight))
  return { weight, place: ranges.findIndex(range => covering.includes(range) && range.weight === weight) }
}
