import type { Duty, Role } from '#domain/vocabulary.ts'

// Words compare in one width and case. Those that no table has stay as they are, and the contract refuses them by name.
const ROLE_WORDS = wordMap<Role>({
  primary: 'primary',
  main: 'primary',
  主担当: 'primary',
  主担当者: 'primary',
  主: 'primary',
  正: 'primary',
  正担当: 'primary',
  正担当者: 'primary',
  メイン: 'primary',
  secondary: 'secondary',
  sub: 'secondary',
  副担当: 'secondary',
  副担当者: 'secondary',
  副: 'secondary',
  サブ: 'secondary',
})
const DUTY_WORDS = wordMap<Duty>({
  system: 'system',
  システム: 'system',
  システム担当: 'system',
  システム担当者: 'system',
  operations: 'operations',
  業務: 'operations',
  業務担当: 'operations',
  業務担当者: 'operations',
  contract: 'contract',
  契約: 'contract',
  契約担当: 'contract',
  契約担当者: 'contract',
})
const BETWEEN_WORDS = /[;,、，；/・\n]/u

/** The cells of a row that say what a contact does; undefined where they are empty. */
type Cells = { role: string | undefined; duties: string | undefined }

/** What such cells say. Words that are not known stay as they are. */
type RoleAndDuties = { role?: string; duties?: string[] }

/**
 * Reads the cells for the role and the duties. Of a file that has one of the two columns, its cells may hold the words
 * of both, as many files call either 役割. `has_both` says that the file has the two.
 */
export function roleAndDuties({ role, duties }: Cells, has_both: boolean): RoleAndDuties {
  const words = wordsOf(has_both ? '' : (role ?? duties ?? ''))
  const roles = [...new Set(words.flatMap(word => ROLE_WORDS.get(comparedWord(word)) ?? []))]
  const others = words.filter(word => ROLE_WORDS.get(comparedWord(word)) === undefined)
  const areKnown = others.every(word => DUTY_WORDS.get(comparedWord(word)) !== undefined)
  const isRead = roles.length <= 1 && (areKnown || role === undefined)
  if (words.length > 0 && isRead)
    return {
      ...(roles[0] !== undefined && { role: roles[0] }),
      ...(others.length > 0 && { duties: others.map(dutyOf) }),
    }
  return {
    ...(role !== undefined && { role: ROLE_WORDS.get(comparedWord(role)) ?? role }),
    ...(duties !== undefined && { duties: wordsOf(duties).map(dutyOf) }),
  }
}

/** The column of a word: of a role, or of a duty; undefined where it is a word of neither. */
export function columnOfWord(word: string): 'role' | 'duties' | undefined {
  if (ROLE_WORDS.get(comparedWord(word)) !== undefined) return 'role'
  return DUTY_WORDS.get(comparedWord(word)) === undefined ? undefined : 'duties'
}

/** A text without white space around it, also without what Excel and web pages leave there and no letter is. */
export function trimmedCell(text: string): string {
  return text.replace(/^[\s\u200B\uFEFF]+|[\s\u200B\uFEFF]+$/gu, '')
}

/** The form in which words of cells compare. */
export function comparedWord(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function dutyOf(word: string): string {
  return DUTY_WORDS.get(comparedWord(word)) ?? word
}

function wordsOf(cell: string): string[] {
  return cell
    .split(BETWEEN_WORDS)
    .map(trimmedCell)
    .filter(word => word !== '')
}

function wordMap<Value>(words: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(words))
}
