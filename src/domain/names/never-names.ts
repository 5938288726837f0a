import { GIVEN_NAME_PLACEHOLDERS, LEGAL_FORMS, PLACEHOLDER_WORDS } from '#domain/names/lists.ts'

/** What is no name, whoever insists (rule 2 of names). */
export type HardFinding = { code: 'empty' | 'contact-data' | 'placeholder' | 'company'; matched: string }

// Given names that are unknown in most cases, and a person's name in some: an operator may vouch for them.
const UNLIKELY_GIVEN_NAMES: ReadonlySet<string> = new Set(['test', 'none', 'dummy'])
const PLACEHOLDER_BEGINNINGS =
  /^(?:テスト(?!ー)|てすと|ダミー|だみー|サンプル|さんぷる|(?:[○〇◯●△▲□■×☆★◇◆※＊*]{2})|名無し|名前なし|名前未定|担当者?(?:未定|不明|なし)|未定|未登録|未設定|匿名希望|動作確認|検証用|確認用|仮登録|該当(?:者)?(?:なし|無し)|後任(?:未定|者未定))|未(?:定|設定|登録|記入|入力|確認|回答|選択|指定|着任)$/u
const LETTER = /(?![ー〜々〆〇ゝゞヽヾ])\p{L}/u
const CONTACT_DATA =
  /[^\s]*@[^\s]*|https?:\S*|www\.\S*|\S+\.(?:com|net|org|info|biz|co\.jp|ne\.jp|or\.jp|ac\.jp|go\.jp|jp|io)(?=$|[\s/])|(?:\p{Nd}[\s\-ー‐().]*){3,}/iu
// What stands before the @ of an address, without a space: t.yamada, yamada_taro, tyamada01.
const MAILBOX = /^(?:\p{Ll}+(?:[._]\p{Ll}+)+|[a-z]+[._-]?\d+|[a-z]+_[a-z_]+)$/u
const MARKUP = /<[^>]*>?|[{}[\]\\^`|~<>]|\$\{|%[a-z]+%|&[a-z]+;/iu
const REPEATED = /^(.)\1{2,}$/u
const REPEATED_LATIN_PAIR = /^([a-z]{2,3})\1{2,}$/u
const ONE_LETTER = /^[a-z](?:様|さん|氏|君|社|子|夫|男|女|太郎)?$/iu
const BESIDE_LETTERS = /[\s.,;:!?*#'"“”‘’()・･、。「」『』【】《》〈〉_\-–—―ー…]/gu
const LEGAL = new RegExp(
  LEGAL_FORMS.filter(form => !/^.\)$|^\(.$/u.test(form))
    .toSorted((a, b) => b.length - a.length)
    .map(form => form.replace(/[()]/g, '\\$&'))
    .join('|'),
  'u',
)
// The abbreviations of bank transfers stand at an end, and some of a letter and a bracket are initials elsewhere.
const TRANSFER_FORM = /^(?:カ|ユ|ド)\)|\((?:カ|ユ|ド)$|^\((?:カ|ユ|ド)\)|\((?:カ|ユ|ド)\)$/u

/** What makes a whole name one that is never a person's, or undefined. Takes the form in which names are compared. */
export function neverNameIn(text: string): HardFinding | undefined {
  const contact = CONTACT_DATA.exec(text)
  if (contact !== null) return { code: 'contact-data', matched: contact[0].trim() }
  const bare = text.toLowerCase().replace(BESIDE_LETTERS, '')
  if (PLACEHOLDER_WORDS.has(bare) || PLACEHOLDER_WORDS.has(text.toLowerCase()))
    return { code: 'placeholder', matched: text }
  const beginning = PLACEHOLDER_BEGINNINGS.exec(text.trim())
  if (beginning !== null) return { code: 'placeholder', matched: beginning[0] }
  if (!LETTER.test(text)) return { code: 'empty', matched: text }
  const markup = MARKUP.exec(text)
  if (markup !== null) return { code: 'placeholder', matched: markup[0] }
  if (REPEATED.test(bare) || REPEATED_LATIN_PAIR.test(bare) || ONE_LETTER.test(bare) || isTest(text))
    return { code: 'placeholder', matched: text }
  if (MAILBOX.test(text)) return { code: 'contact-data', matched: text }
  const legal = LEGAL.exec(text) ?? TRANSFER_FORM.exec(text)
  return legal === null ? undefined : { code: 'company', matched: legal[0] }
}

/** Whether a text has a letter that can be seen, and that is more than a sign of length or repetition. */
export function hasLetter(text: string): boolean {
  return LETTER.test(text)
}

/** Whether a given name is what people write who do not know it. Takes the form in which names are compared. */
export function isPlaceholderOfGivenName(text: string): boolean {
  return GIVEN_NAME_PLACEHOLDERS.has(text.toLowerCase().replace(BESIDE_LETTERS, ''))
}

/** Whether a given name is more likely a placeholder than somebody's. Takes the form in which names are compared. */
export function isUnlikelyGivenName(text: string): boolean {
  return UNLIKELY_GIVEN_NAMES.has(text.toLowerCase())
}

/** Placeholders of several words, each of them one: test user, Test Test. */
function isTest(text: string): boolean {
  const words = text
    .toLowerCase()
    .split(/[\s・.\-_]+/u)
    .filter(word => word !== '')
  return (
    words.length > 1 &&
    words.every(word => PLACEHOLDER_WORDS.has(word) || /^\d{1,2}$/.test(word)) &&
    !words.every(word => word.length < 3)
  )
}
