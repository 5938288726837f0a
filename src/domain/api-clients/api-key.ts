import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const SECRET_LENGTH = 43 // 256 bits in base 62
const CHECKSUM_LENGTH = 6 // 32 bits
const SHOWN_OF_SECRET = 4

const FORM = new RegExp(`^mdg_[a-z0-9]{1,16}_[${DIGITS}]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`)

/** How many random bytes a key is made of. */
export const KEY_BYTES = 32

/**
 * A key as its client sends it: `mdg_`, the environment that it is of, 256 random bits, and a checksum of all before,
 * so that scanners for leaked secrets recognise it, and a mistyped key is found out without a query.
 */
export function apiKeyOf(environment: string, random: Uint8Array): string {
  const secret = inBase62(BigInt(`0x${Buffer.from(random).toString('hex')}`), SECRET_LENGTH)
  const unchecked = `${prefixOf(environment)}${secret}`
  return unchecked + checksum(unchecked)
}

/** Whether a text has the form and the checksum of a key of this environment: whether it is worth looking up. */
export function isApiKey(text: string, environment: string): boolean {
  const prefix = prefixOf(environment)
  return (
    text.length === prefix.length + SECRET_LENGTH + CHECKSUM_LENGTH &&
    text.startsWith(prefix) &&
    checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH)
  )
}

/**
 * The digest that is stored of a key. 256 random bits cannot be guessed from it: no salt and no slow hash is needed.
 */
export function apiKeyDigest(key: string): string {
  return hash('sha256', key, 'base64url')
}

/** The first characters of a key, by which people distinguish keys. 232 bits of the secret remain unknown. */
export function apiKeyHint(key: string): string {
  return key.slice(0, -(SECRET_LENGTH - SHOWN_OF_SECRET + CHECKSUM_LENGTH))
}

/** The first characters of a text that has the form of a key, as `apiKeyHint`; undefined for any other text. */
export function hintOfText(text: string): string | undefined {
  return FORM.test(text) ? apiKeyHint(text) : undefined
}

function prefixOf(environment: string): string {
  return `mdg_${environment}_`
}

function checksum(text: string): string {
  return inBase62(BigInt(crc32(text)), CHECKSUM_LENGTH)
}

function inBase62(value: bigint, length: number): string {
  let digits = ''
  for (let rest = value; rest > 0n; rest /= 62n) digits = DIGITS.charAt(Number(rest % 62n)) + digits
  return digits.padStart(length, '0')
}
