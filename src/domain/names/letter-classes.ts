import { VARIANT_KANJI } from '#domain/names/lists.ts'

/** Classes of the characters that names are mostly made of, as bits. What is in none of the others is `other`. */
export const LATIN = 1
export const ACCENTED = 2
export const JAPANESE = 4
/** Marks that names have, and that some rules read: - ' . ・ ー 々. */
export const MARK = 8
export const SPACE = 16
/** Kanji that are compared by another form. */
export const VARIANT = 32
export const OTHER = 64
export const ALL = 127

const CLASSES = new Uint8Array(0x1_0000).fill(OTHER)
fill('A', 'Z', LATIN)
fill('a', 'z', LATIN)
for (const code of [...codes('À', 'ɏ'), ...codes('Ḁ', 'ỿ')]) {
  const letter = String.fromCharCode(code)
  if (/^\p{Script=Latin}$/u.test(letter) && letter.normalize('NFKC') === letter) CLASSES[code] = LATIN | ACCENTED
}
fill('ぁ', 'ゖ', JAPANESE)
fill('ァ', 'ヺ', JAPANESE)
fill('一', '\u9FFF', JAPANESE)
for (const kanji of VARIANT_KANJI.keys()) if (kanji.length === 1) CLASSES[kanji.charCodeAt(0)] = JAPANESE | VARIANT
for (const mark of "-'.・ー々") CLASSES[mark.charCodeAt(0)] = MARK
CLASSES[0x20] = SPACE

/** The classes of the characters of a text, together. */
export function classesOf(text: string): number {
  let classes = 0
  for (let at = 0; at < text.length; at++) classes |= CLASSES[text.charCodeAt(at)] ?? OTHER
  return classes
}

function fill(first: string, last: string, letters: number): void {
  CLASSES.fill(letters, first.charCodeAt(0), last.charCodeAt(0) + 1)
}

function codes(first: string, last: string): number[] {
  const start = first.charCodeAt(0)
  return Array.from({ length: last.charCodeAt(0) - start + 1 }, (_, index) => start + index)
}
