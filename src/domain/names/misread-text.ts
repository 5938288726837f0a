// Charsets that show two bytes as one letter. In UTF-8 the first byte of most letters of Asia is E2 to EF, the others
// are 80 to BF.
const CHARSETS = ['shift_jis', 'gbk', 'big5', 'euc-kr']
const FIRST: Range = [0xe2, 0xef]
const FOLLOWING: Range = [0x80, 0xbf]
// Shift_JIS shows one such byte as katakana of half the width, which is stored in full width.
const KATAKANA = /^[ヲァィゥェォャュョッーアイウエオカキクケコサシスセソ。「」、・]$/u
const LEAST_LETTERS = 3

type Range = readonly [first: number, last: number]
type Misreading = {
  charset: string
  starts: ReadonlySet<string>
  /** The end of one letter with the start of the next, and the middle of a letter. Made on first need. */
  crossings?: ReadonlySet<string>
  middles?: ReadonlySet<string>
}

const MISREADINGS: readonly Misreading[] = CHARSETS.map(charset => ({
  charset,
  starts: lettersOf(charset, FIRST, FOLLOWING),
}))
const STARTS: ReadonlySet<string> = new Set(MISREADINGS.flatMap(({ starts }) => [...starts]))

/**
 * Whether a word is UTF-8 that was read as Shift_JIS, GBK, Big5 or the Korean charset: its letters are the bytes of
 * other letters (莨願陸 is 伊藤). Words of fewer than three letters say too little, but for those with katakana (螻ア).
 */
export function isMisread(word: string): boolean {
  if (!STARTS.has(String.fromCodePoint(word.codePointAt(0) ?? 0))) return false
  const letters = Array.from(word)
  return MISREADINGS.some(misreading => misreading.starts.has(letters[0] ?? '') && areBytes(letters, misreading))
}

/** Whether letters are the bytes of whole letters in UTF-8, of three bytes each. */
function areBytes(letters: readonly string[], misreading: Misreading): boolean {
  misreading.crossings ??= lettersOf(misreading.charset, FOLLOWING, FIRST)
  misreading.middles ??= lettersOf(misreading.charset, FOLLOWING, FOLLOWING)
  let missing = 0
  let hasKatakana = false
  for (const letter of letters) {
    const isKatakana = misreading.charset === 'shift_jis' && KATAKANA.test(letter)
    hasKatakana ||= isKatakana
    if (missing === 0 && misreading.starts.has(letter)) missing = 1
    else if (missing > 0 && isKatakana) missing--
    else if (missing === 1 && misreading.crossings.has(letter)) missing = 2
    else if (missing === 2 && misreading.middles.has(letter)) missing = 0
    else return false
  }
  return missing === 0 && (hasKatakana || letters.length >= LEAST_LETTERS)
}

/** The letters that a charset shows for two bytes of these ranges. */
function lettersOf(charset: string, [first, last]: Range, [low, high]: Range): ReadonlySet<string> {
  const bytes: number[] = []
  for (let lead = first; lead <= last; lead++) {
    for (let trail = low; trail <= high; trail++) bytes.push(lead, trail, 0x0a)
  }
  const pairs = new TextDecoder(charset).decode(new Uint8Array(bytes)).split('\n')
  return new Set(pairs.filter(pair => Array.from(pair).length === 1 && pair !== '\uFFFD'))
}
