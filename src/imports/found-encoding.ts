/** The encodings that a CSV file may have. `shift_jis` is that of Windows, with its additions (CP932). */
export type ImportCharset = 'utf-8' | 'shift_jis'

/** An encoding that a file seems to have. */
type FoundEncoding = ImportCharset | 'euc-jp' | 'iso-2022-jp' | 'utf-16'

// The names of both by the WHATWG's standard, as Content-Type and Windows write them.
const CHARSETS: Readonly<Record<string, ImportCharset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  shift_jis: 'shift_jis',
  'shift-jis': 'shift_jis',
  sjis: 'shift_jis',
  'x-sjis': 'shift_jis',
  ms932: 'shift_jis',
  cp932: 'shift_jis',
  'windows-31j': 'shift_jis',
}

const JAPANESE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\uFF01-\uFF5E]/gu

const HALF_WIDTH_KATAKANA = /[\uFF61-\uFF9F]/gu

const NOT_ASCII = /[^\0-\x7F]/g

const JIS_ESCAPES = ['\x1B$@', '\x1B$B', '\x1B(J', '\x1B(I']

/** The encoding that the charset of a Content-Type names; UTF-8 where it names none, undefined for any other. */
export function importCharset(charset: string | null): ImportCharset | undefined {
  return charset === null ? 'utf-8' : CHARSETS[charset.toLowerCase()]
}

/** The encoding that a file names by its first bytes, or by what no other encoding has in its text. */
export function markedEncoding(bytes: Uint8Array): FoundEncoding | undefined {
  const text = Buffer.from(bytes).toString('latin1')
  if (text.startsWith('\xEF\xBB\xBF')) return 'utf-8'
  if (text.startsWith('\xFF\xFE') || text.startsWith('\xFE\xFF')) return 'utf-16'
  if (JIS_ESCAPES.some(escape => text.includes(escape))) return 'iso-2022-jp'
  return isHalfNul(bytes) ? 'utf-16' : undefined
}

/** Text without a mark, whose ASCII characters have a zero byte each. */
function isHalfNul(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64)
  return head.includes(0) && head.filter(byte => byte === 0).length * 3 >= head.length
}

/** The encoding in which bytes can be read that are not in the one that was said. */
export function readableEncoding(bytes: Uint8Array, said: ImportCharset): FoundEncoding | undefined {
  if (said === 'shift_jis' && decoded(bytes, 'utf-8') !== undefined) return 'utf-8'
  const inEucJp = readableEucJp(bytes)
  const inShiftJis = said === 'utf-8' ? decoded(bytes, 'shift_jis') : undefined
  // Bytes of EUC-JP can be read as Shift_JIS: they are half-width katakana there, which few texts consist of.
  if (inShiftJis !== undefined && !(inEucJp !== undefined && isMostlyHalfWidth(inShiftJis))) return 'shift_jis'
  return inEucJp === undefined ? undefined : 'euc-jp'
}

/** How many Japanese letters a line has when it is read as UTF-8; undefined where it is not UTF-8, or is ASCII. */
export function japaneseInUtf8(bytes: Uint8Array): number | undefined {
  const text = decoded(bytes, 'utf-8')
  return text === undefined ? undefined : (text.match(JAPANESE)?.length ?? 0)
}

/** Bytes that are control characters in EUC-JP are no text in it. */
function readableEucJp(bytes: Uint8Array): string | undefined {
  const text = decoded(bytes, 'euc-jp')
  return text === undefined || /[\u0080-\u009F]/u.test(text) ? undefined : text
}

function isMostlyHalfWidth(text: string): boolean {
  const katakana = text.match(HALF_WIDTH_KATAKANA)?.length ?? 0
  return katakana * 3 > (text.match(NOT_ASCII)?.length ?? 0)
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
