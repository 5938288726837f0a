const LETTER = /(?![ー〜々〆〇ゝゞヽヾ])\p{L}/u

/** Whether a text has a visible letter other than a sign of length or repetition. */
export function hasLetter(text: string): boolean {
  return LETTER.test(text)
}
