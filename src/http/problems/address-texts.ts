import type { AddressFault } from '#domain/address-fault.ts'
import type { Words } from '#http/problems/language.ts'

type FaultName = AddressFault['fault']
type FaultWords = { [Name in FaultName]: (fault: Extract<AddressFault, { fault: Name }>) => Words }

// What is wrong with an address (R16), and what to do. A new fault without its words does not compile.
const FAULT_WORDS = {
  'no-at': () => ({
    en: 'An e-mail address has one "@". This text has none.',
    ja: 'メールアドレスに「@」がありません。',
  }),
  'two-addresses': () => ({
    en: 'This field takes one e-mail address. Register each person with one address.',
    ja: 'メールアドレスが2つ以上記載されています。お一人につき1つだけ指定してください。',
  }),
  'several-at': () => ({
    en: 'An e-mail address has one "@". This text has several.',
    ja: 'メールアドレスに「@」が2つ以上あります。',
  }),
  'not-bare': () => ({
    en: 'Send the e-mail address alone: without a name, brackets or "mailto:".',
    ja: 'メールアドレスだけを指定してください。お名前や「<」「>」、「mailto:」は除いてください。',
  }),
  'white-space': () => ({
    en: 'There is a space inside the e-mail address. Remove it.',
    ja: 'メールアドレスの途中に空白があります。空白を除いてください。',
  }),
  'invisible-character': ({ character }) => ({
    en: `The e-mail address has an invisible character (${codePoint(character)}). Type the address again.`,
    ja: `メールアドレスに見えない文字(${codePoint(character)})が含まれています。入力し直してください。`,
  }),
  'nothing-before-at': () => ({
    en: 'Nothing is before the "@" of the e-mail address.',
    ja: 'メールアドレスの「@」の前に文字がありません。',
  }),
  'nothing-after-at': () => ({
    en: 'Nothing is after the "@" of the e-mail address.',
    ja: 'メールアドレスの「@」の後に文字がありません。',
  }),
  'trailing-dot': () => ({
    en: 'The e-mail address ends with a dot. Remove it.',
    ja: 'メールアドレスの末尾に「.」があります。除いてください。',
  }),
  'no-dot-in-domain': () => ({
    en: 'After the "@", the e-mail address needs a domain with a dot, such as example.co.jp.',
    ja: 'メールアドレスの「@」より後に「.」がありません。「example.co.jp」のようなドメイン名を指定してください。',
  }),
  'number-for-domain': () => ({
    en: 'After the "@", the e-mail address needs a domain, not the number of a machine.',
    ja: 'メールアドレスの「@」の後には、IPアドレスではなくドメイン名を指定してください。',
  }),
  'malformed-domain': () => ({
    en: 'No domain can be called what is after the "@" of the e-mail address.',
    ja: 'メールアドレスの「@」より後が、ドメイン名として正しくありません。',
  }),
  'too-long': () => ({
    en: 'The e-mail address is too long: 64 octets before the "@" and 254 in all are the most.',
    ja: 'メールアドレスが長すぎます。「@」の前は64オクテット、全体は254オクテットまでです。',
  }),
  'character-before-at': ({ character }) => ({
    en: `Before its "@", an e-mail address cannot have ${shown(character)}.`,
    ja: `メールアドレスの「@」より前に、使用できない文字${shownJa(character)}が含まれています。`,
  }),
  'character-in-domain': ({ character }) => ({
    en: `After its "@", an e-mail address cannot have ${shown(character)}.`,
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
