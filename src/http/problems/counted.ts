import type { Words } from '#http/problems/language.ts'

/** A number and its noun in English: 1 seat, 2 seats. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** How many rows of contacts a file may have for one contract. */
export function mostRows(limit: number): Words {
  return {
    en: `A file may have at most ${counted(limit, 'row')} of contacts for one contract.`,
    ja: `1つのファイルに記載できる問い合わせご担当者は、1契約につき${limit}行までです。`,
  }
}
