import type { AddressFault } from '#domain/addresses/address-fault.ts'
import type { Words } from '#http/problems/language.ts'

type FaultName = AddressFault['fault']
type FaultWords = { [Name in FaultName]: (fault: Extract<AddressFault, { fault: Name }>) => Words }

// What is wrong with an address (R16), and what to do. A new fault without its words does not compile.
const FAULT_WORDS = {
  'no-at': () => ({
    en: 'An email address must have one "@". This text has none.',
    ja: 'メールアドレスに「@」がありません。ご確認のうえ、入力し直してください。',
  }),
  'two-addresses': () => ({
    en: 'Send one email address only. Register each person with their own entry.',
    ja: 'メールアドレスが2つ以上記載されています。お一人につき1つだけ指定してください。',
  }),
  'several-at': () => ({
    en: 'An email address must have exactly one "@". This text has more.',
    ja: 'メールアドレスに「@」が2つ以上あります。1つにしてください。',
  }),
  'not-bare': () => ({
    en: 'Send only the email address, without a name, angle brackets or "mailto:".',
    ja: 'メールアドレスだけを指定してください。お名前や「<」「>」、「mailto:」は除いてください。',
  }),
  'white-space': () => ({
    en: 'The email address contains a space. Remove it.',
    ja: 'メールアドレスの途中に空白があります。空白を除いてください。',
  }),
  'invisible-character': ({ character }) => ({
    en: `The email address contains an invisible character (${codePoint(character)}). Type the address again.`,
    ja: `メールアドレスに見えない文字(${codePoint(character)})が含まれています。入力し直してください。`,
  }),
  'nothing-before-at': () => ({
    en: 'The email address has no text before the "@".',
    ja: 'メールアドレスの「@」の前に文字がありません。',
  }),
  'nothing-after-at': () => ({
    en: 'The email address has no text after the "@".',
    ja: 'メールアドレスの「@」の後に文字がありません。',
  }),
  'trailing-dot': () => ({
    en: 'The email address ends with a dot. Remove the dot.',
    ja: 'メールアドレスの末尾に「.」があります。「.」を除いてください。',
  }),
  'no-dot-in-domain': () => ({
    en: 'After the "@", the email address must have a domain with a dot, such as example.co.jp.',
    ja: 'メールアドレスの「@」より後に「.」がありません。「example.co.jp」のようなドメイン名を指定してください。',
  }),
  'number-for-domain': () => ({
    en: 'After the "@", the email address must have a domain name, not an IP address.',
    ja: 'メールアドレスの「@」の後には、IPアドレスではなくドメイン名を指定してください。',
  }),
  'malformed-domain': () => ({
    en: 'The text after the "@" of the email address is not a valid domain name.',
    ja: 'メールアドレスの「@」より後が、ドメイン名として正しくありません。ご確認ください。',
  }),
  'too-long': () => ({
    en: 'The email address is too long. The maximum is 64 bytes before the "@" and 254 bytes in total.',
    ja: 'メールアドレスが長すぎます。「@」の前は64バイト、全体は254バイトまでです。',
  }),
  'character-before-at': ({ character }) => ({
    en: `The email address must not contain ${shown(character)} before the "@".`,
    ja: `メールアドレスの「@」より前に、使用できない文字${shownJa(character)}が含まれています。`,
  }),
  'character-in-domain': ({ character }) => ({
    en: `The email address must not contain ${shown(character)} after the "@".`,
    ja: `メールアドレスの「@」より後に、使用できない文字${shownJa(character)}が含まれています。`,
  }),
} satisfies FaultWords

/** What is wrong with an address, in both languages. */
export function addressWords<Name extends FaultName>(fault: Extract<AddressFault, { fault: Name }>): Words {
  return (FAULT_WORDS as FaultWords)[fault.fault](fault)
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

const VISIBLE = /^[\p{L}\p{N}\p{P}\p{S}]$/u

function shown(character: string): string {
  return VISIBLE.test(character) ? `"${character}"` : codePoint(character)
}

function shownJa(character: string): string {
  return VISIBLE.test(character) ? `「${character}」` : `(${codePoint(character)})`
}
