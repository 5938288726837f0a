// RFC 2047 §2: =?charset?encoding?text?=, with the language that RFC 2231 §5 allows after the charset.
const ENCODED_WORD = /=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([BbQq])\?([^?\s]*)\?=/g
const LONGEST = 2000

type Word = { charset: string; bytes: Buffer }

/**
 * A text with its encoded words in plain letters, in every charset that the WHATWG encoding standard knows (UTF-8,
 * ISO-2022-JP, Shift_JIS, EUC-JP, GB 2312, ISO-8859-x …). Neighbours of one charset are decoded together, because
 * mailers break them inside a letter. A word whose charset is unknown or whose bytes do not fit stays as it is.
 */
export function decodedWords(text: string): string {
  if (!text.includes('=?') || text.length > LONGEST) return text
  let decoded = ''
  let run: Run = { words: [], start: 0, end: 0 }
  for (const match of text.matchAll(ENCODED_WORD)) {
    const [whole, charset = '', encoding = '', content = ''] = match
    const word = { charset: charset.toLowerCase(), bytes: bytesOf(encoding, content) }
    const between = text.slice(run.end, match.index)
    const isNext = run.words.length > 0 && between.trim() === '' // RFC 2047 §6.2: such white space is of neither word
    if (!isNext || run.words[0]?.charset !== word.charset) {
      decoded += textOf(run, text) + (isNext ? '' : between)
      run = { words: [], start: match.index, end: match.index }
    }
    run.words.push(word)
    run.end = match.index + whole.length
  }
  return decoded + textOf(run, text) + text.slice(run.end)
}

type Run = { words: Word[]; start: number; end: number }

function bytesOf(encoding: string, content: string): Buffer {
  if (encoding.toUpperCase() === 'B') return Buffer.from(content, 'base64')
  const binary = content
    .replaceAll('_', ' ')
    .replace(/=([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  return Buffer.from(binary, 'latin1')
}

/** The words as they are where the charset is not known, the bytes are none of it, or the text is not for reading. */
function textOf({ words, start, end }: Run, text: string): string {
  const [first] = words
  if (first === undefined) return ''
  try {
    const read = decoder(first.charset).decode(Buffer.concat(words.map(({ bytes }) => bytes)))
    return /[\p{C}\uFFFD]/u.test(read) ? text.slice(start, end) : read
  } catch {
    return text.slice(start, end)
  }
}

function decoder(charset: string): { decode: (bytes: Buffer) => string } {
  return new TextDecoder(charset === 'cp932' || charset === 'ms932' ? 'shift_jis' : charset, { fatal: true })
}
