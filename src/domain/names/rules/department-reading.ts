import { isSurname } from '#domain/names/known-surnames.ts'
import { refusal, type Finding } from '#domain/names/finding.ts'
import { DEPARTMENT_READINGS, LATIN_SURNAME_WORDS, ROLE_READINGS } from '#domain/names/lists.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'
import { isSpelledOut, readingOf } from '#domain/names/reading.ts'

const UNIT = /^(.+?)(?:honbu|bu|ka|shitsu|kakari|kyoku|tanto|guchi)$/u
const DEPUTY = /(?<=.)(?:dairi|hosa|daiko)$/u
const LONGEST = Math.max(...Array.from(DEPARTMENT_READINGS, reading => reading.length))

/** A department or a role in kana or in Latin letters: そうむ, エイギョウブ, Sōmu-bu, たんとうしゃ. */
export function departmentReading({ name, text }: NameFacts): Finding | undefined {
  if (!isSpelledOut(text) || isSurname(text)) return undefined
  const reading = readingOf(text)
  const isWhole = name.given_name === null && !LATIN_SURNAME_WORDS.has(reading)
  if (isWhole && ROLE_READINGS.has(reading.replace(DEPUTY, ''))) return refusal('role', text)
  const [, stem = ''] = UNIT.exec(reading) ?? []
  const isAlone = isWhole && (DEPARTMENT_READINGS.has(reading) || isMadeOfReadings(reading))
  return isAlone || isMadeOfReadings(stem) ? refusal('department', text) : undefined
}

function isMadeOfReadings(text: string): boolean {
  const reached = new Set([0])
  for (let start = 0; start < text.length; start++) {
    if (!reached.has(start)) continue
    for (let length = 2; length <= LONGEST && start + length <= text.length; length++) {
      if (DEPARTMENT_READINGS.has(text.slice(start, start + length))) reached.add(start + length)
    }
  }
  return text.length > 2 && reached.has(text.length)
}
