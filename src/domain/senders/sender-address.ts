import { mailHost } from '#domain/addresses/address-host.ts'
import { parseEmailAddress, type EmailAddress } from '#domain/addresses/email-address.ts'
import { decodedWords } from '#domain/senders/encoded-words.ts'
import { headerParts, type HeaderPiece } from '#domain/senders/header-parts.ts'

export type Sender = EmailAddress & {
  /** The name before the address, or in a comment, in plain letters; null if there is none. */
  display_name: string | null
}

// RFC 5322 §2.1.1: what a header line holds at most.
const LONGEST = 998

// RFC 5322 §2.2.3: a long header field goes on in the next line, after white space.
const FOLD = /\r?\n(?=[ \t])/g
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\p{Surrogate}]/u
// Outside quotes and comments these divide a header into several mailboxes or a group (RFC 5322 §3.4).
const DIVIDING = /[,:;\\[\]]/
const FULL_WIDTH_ANGLE = /^([^＜＞]*)＜([^＜＞]*)＞\s*$/u
const AT = /[@＠﹫]/u
// A byte order mark is none, so that it stays inside a name (R13).
const SPACES = /[^\S\uFEFF]+/gu
const PLAIN_ADDRESS = /^[\w.+-]+@[\w.-]+$/

/**
 * Reads the one address of what a `From:` header holds, as mail readers do (RFC 5322 §3.4): `a@b.jp`, `<a@b.jp>`,
 * `名前 <a@b.jp>`, `a@b.jp (名前)`, folded or not, with comments anywhere and encoded words (RFC 2047). A name outside
 * quotes that is itself an address has to be the same one, because mail readers would disagree on the sender.
 *
 * Refuses, by `undefined`, every text that leaves a doubt: several addresses, groups, signs outside quotes that divide
 * a header, brackets without a partner, control characters, text longer than a header line, and what
 * `parseEmailAddress` refuses (R16), but for `_` in a domain.
 */
export function parseSender(given: string): Sender | undefined {
  if (given.length > LONGEST || !AT.test(given)) return undefined
  const text = given.replace(FOLD, '').trim()
  if (PLAIN_ADDRESS.test(text)) return withName(addressIn(text), '')
  if (CONTROLS.test(text)) return undefined
  const mailbox = mailboxOf(headerParts(text) ?? [])
  if (mailbox === undefined || mailbox.phrase.some(({ kind, text }) => kind === 'plain' && DIVIDING.test(text)))
    return undefined
  const address = addressIn(mailbox.address)
  if (address === undefined || isAnotherAddress(mailbox.phrase, address)) return undefined
  return withName(address, nameIn(mailbox.phrase))
}

/** The address of a header, and its other parts: the name, and comments before and after the address. */
type Mailbox = { phrase: readonly HeaderPiece[]; address: string }

/** In angle brackets, after which only comments come; else the whole text but its comments. */
function mailboxOf(pieces: readonly HeaderPiece[]): Mailbox | undefined {
  const angles = pieces.filter(({ kind }) => kind === 'angle')
  const [angle] = angles
  if (angle === undefined) return fullWidthMailbox(pieces) ?? bareMailbox(pieces)
  const after = pieces.slice(pieces.indexOf(angle) + 1)
  if (angles.length > 1 || after.some(isWritten)) return undefined
  return { phrase: pieces.filter(piece => piece !== angle), address: angle.text }
}

/** Full-width angle brackets count where there are no others (R16). */
function fullWidthMailbox(pieces: readonly HeaderPiece[]): Mailbox | undefined {
  const last = pieces.findLast(isWritten)
  const [, before, inner] = (last?.kind === 'plain' ? FULL_WIDTH_ANGLE.exec(last.text) : null) ?? []
  if (inner === undefined || before === undefined) return undefined
  return { phrase: pieces.map(piece => (piece === last ? { ...piece, text: before } : piece)), address: inner }
}

function bareMailbox(pieces: readonly HeaderPiece[]): Mailbox {
  const written = pieces.filter(({ kind }) => kind !== 'comment')
  return {
    phrase: pieces.filter(({ kind }) => kind === 'comment'),
    address: written.map(({ kind, text }) => (kind === 'quoted' ? `"${text}"` : text)).join(''),
  }
}

function isWritten({ kind, text }: HeaderPiece): boolean {
  return kind !== 'comment' && text.trim() !== ''
}

/** The name as mail readers show it: comments in their place, or alone where there is nothing else. */
function nameIn(phrase: readonly HeaderPiece[]): string {
  const isAlone = !phrase.some(isWritten)
  const texts = phrase.map(({ kind, text }) => (kind !== 'comment' ? text : isAlone ? ` ${text} ` : `(${text})`))
  return texts.join('')
}

function addressIn(text: string): EmailAddress | undefined {
  return parseEmailAddress(text.replace(/\s+/gu, ' ').replace(/ ?([@.]) ?/gu, '$1'), mailHost)
}

function withName(address: EmailAddress | undefined, name: string): Sender | undefined {
  if (address === undefined) return undefined
  const display_name = decodedWords(name).replace(SPACES, ' ').trim()
  return { ...address, display_name: display_name === '' ? null : display_name }
}

/**
 * Whether a name outside quotes claims to be an address that the mail is not from. `@` there is no name's: readers
 * disagree. `＠` is, in company names, unless it is in an address. The address of the mail itself may be there, also in
 * apostrophes, as Outlook writes it ('a@b.jp' <a@b.jp>), or with more words (a@b.jp via Acme <a@b.jp>).
 */
function isAnotherAddress(phrase: readonly HeaderPiece[], { email_key }: EmailAddress): boolean {
  const plain = phrase
    .flatMap(({ kind, text }) => (kind === 'plain' ? [text] : []))
    .join('')
    .trim()
  if (!/[@＠]/u.test(plain) || addressIn(plain)?.email_key === email_key) return false
  return plain.split(/\s+/u).some(word => isOtherAddress(word.replace(APOSTROPHES_AROUND, '$1'), email_key))
}

const APOSTROPHES_AROUND = /^['‘’](.+)['‘’]$/u

function isOtherAddress(word: string, email_key: string): boolean {
  const claimed = addressIn(word)
  return claimed === undefined ? word.includes('@') || /\S+＠\S+\.\S+/u.test(word) : claimed.email_key !== email_key
}

/** The domain of an address, in the form in which addresses are compared (R16). */
export function domainOf(email_key: string): string {
  return email_key.slice(email_key.lastIndexOf('@') + 1)
}
