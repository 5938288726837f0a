const KANA = /^[ぁ-ゖァ-ヺー ・]+$/u
const LATIN = /^[A-Za-zāīūēōâîûêô '-]+$/u
const LONG_VOWELS = /ō|ô|oo|ou|ū|û|uu|ā|â|ī|î|ē|ê/gu
const SHORT: Readonly<Record<string, string>> = { ō: 'o', ô: 'o', oo: 'o', ou: 'o', ū: 'u', û: 'u', uu: 'u' }
const MARKED: Readonly<Record<string, string>> = { ā: 'a', â: 'a', ī: 'i', î: 'i', ē: 'e', ê: 'e' }
const ROWS: readonly [kana: string, readings: string][] = [
  ['あいうえお', 'a i u e o'],
  ['かきくけこ', 'ka ki ku ke ko'],
  ['がぎぐげご', 'ga gi gu ge go'],
  ['さしすせそ', 'sa shi su se so'],
  ['ざじずぜぞ', 'za ji zu ze zo'],
  ['たちつてと', 'ta chi tsu te to'],
  ['だぢづでど', 'da ji zu de do'],
  ['なにぬねの', 'na ni nu ne no'],
  ['はひふへほ', 'ha hi fu he ho'],
  ['ばびぶべぼ', 'ba bi bu be bo'],
  ['ぱぴぷぺぽ', 'pa pi pu pe po'],
  ['まみむめも', 'ma mi mu me mo'],
  ['らりるれろ', 'ra ri ru re ro'],
  ['やゆよわをんー', 'ya yu yo wa o n -'],
]
const SYLLABLES: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([kana, readings]) => {
    const each = readings.split(' ')
    return Array.from(kana).map((letter, index): [string, string] => [letter, each[index] ?? ''])
  }),
)
const SMALL: ReadonlyMap<string, string> = new Map([
  ['ゃ', 'a'],
  ['ゅ', 'u'],
  ['ょ', 'o'],
])

/** Whether a text is in kana alone, or in Latin letters that may spell Japanese. */
export function isSpelledOut(text: string): boolean {
  return KANA.test(text) || LATIN.test(text)
}

/** How a text in kana or Latin letters is read, in Hepburn spelling without long vowels: エイギョウ and Eigyō are eigyo. */
export function readingOf(text: string): string {
  const spelled = KANA.test(text) ? latinOf(text) : text.toLowerCase()
  return spelled.replace(/[ '・-]/gu, '').replace(LONG_VOWELS, vowel => SHORT[vowel] ?? MARKED[vowel] ?? vowel)
}

function latinOf(kana: string): string {
  let spelled = ''
  for (const letter of kana.replace(/[ァ-ヶ]/gu, letter => String.fromCharCode(letter.charCodeAt(0) - 0x60))) {
    const small = SMALL.get(letter)
    if (small !== undefined)
      spelled = spelled.replace(/y?i$/u, '').replace(/([^sjc]|ch)$/u, '$1') + yOf(spelled) + small
    else if (letter === 'っ') spelled += 't'
    else spelled += SYLLABLES.get(letter) ?? letter
  }
  return spelled
}

/** The y of a contracted syllable: gyo, but sho and jo. */
function yOf(before: string): string {
  return /(?:sh|ch|j)i$/u.test(before) ? '' : 'y'
}
