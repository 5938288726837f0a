import { doubt, refusal, type Ruling } from '#domain/names/finding.ts'
import { LATIN_FUNCTION_WORDS, LATIN_ORGANISATION_ENDINGS, LATIN_SURNAME_WORDS } from '#domain/names/lists.ts'
import type { NameText } from '#domain/names/name-text.ts'

/** Only functions: info, Sales Team. Words that are also names: together a name (May Law), alone a doubt (Law). */
export function latinFunctionWords({ text, lower }: NameText<'latin'>): Ruling {
  if (lower.length === 0 || !lower.every(isFunctionWord)) return undefined
  const isOneWord = lower.length === 1
  if (!lower.every(word => LATIN_SURNAME_WORDS.has(word))) return refusal(isOneWord ? 'role' : 'department', text)
  // The last word may be a job: Service Engineer.
  return isOneWord || LATIN_ORGANISATION_ENDINGS.has(lower.at(-1) ?? '') ? doubt(text) : 'person'
}

function isFunctionWord(word: string): boolean {
  if (LATIN_FUNCTION_WORDS.has(word) || /^\d{1,2}$/.test(word)) return true
  return word.includes('-') && word.split('-').every(part => part.length > 1 && LATIN_FUNCTION_WORDS.has(part))
}
