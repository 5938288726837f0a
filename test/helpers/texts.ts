// What people read of an answer: the members of problems and plans that are in one language.
const FOR_PEOPLE = new Set(['title', 'detail', 'remedy', 'meaning', 'why'])

/** Every text for people in an answer, with its place. */
export function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inside]) =>
    FOR_PEOPLE.has(name) && typeof inside === 'string'
      ? [{ path: `${path}/${name}`, text: inside }]
      : textsIn(inside, `${path}/${name}`),
  )
}

/**
 * Whether a text is Japanese: it has kana or kanji, and outside of quotation no three words of another language in a
 * row.
 */
export function isJapanese(text: string): boolean {
  const own = text.replaceAll(/`[^`]*`|「[^」]*」|"[^"]*"/g, '｜')
  return (
    /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(own) && !/[A-Za-z]+(?:[ ,]+[A-Za-z]+){2}/.test(own)
  )
}

/** What of an answer is not in Japanese. */
export function notJapanese(body: unknown): string[] {
  return textsIn(body)
    .filter(({ text }) => !isJapanese(text))
    .map(({ path, text }) => `${path}: ${text}`)
}
