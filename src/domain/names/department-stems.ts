import { DEPARTMENT_STEMS } from '#domain/names/lists.ts'

const LONGEST_STEM = Math.max(...Array.from(DEPARTMENT_STEMS, stem => stem.length))

/** Whether a text is made of nothing but the words that departments are named with. */
export function isMadeOfStems(text: string): boolean {
  const reached = new Set([0])
  for (let start = 0; start < text.length; start++) {
    if (!reached.has(start)) continue
    for (let length = 1; length <= LONGEST_STEM && start + length <= text.length; length++) {
      if (DEPARTMENT_STEMS.has(text.slice(start, start + length))) reached.add(start + length)
    }
  }
  return text !== '' && reached.has(text.length)
}

/** Where the stem of at least two characters begins that ends before a place. */
export function stemBefore(text: string, end: number): number | undefined {
  for (let length = Math.min(LONGEST_STEM, end); length > 1; length--) {
    if (DEPARTMENT_STEMS.has(text.slice(end - length, end))) return end - length
  }
  return undefined
}
