import { comparedForm } from '#domain/names/compared-form.ts'
import type { PersonName } from '#domain/person-name.ts'

const SPACES_AND_IGNORABLE = /\s+|\p{Default_Ignorable_Code_Point}/gu
const LONE_MARKS = /(?:^|\s)[\p{M}\u309B\u309C]+/gu

/**
 * The key by which people at one address are the same person (R17, R19). It ignores spaces, case, parts and
 * invisible characters.
 */
export function nameKey({ family_name, given_name }: PersonName): string {
  return `${family_name}${given_name ?? ''}`.toLowerCase().replace(SPACES_AND_IGNORABLE, '')
}

/**
 * The key by which two names may mean one person: it also ignores variant kanji, width, spelling and apostrophes (髙橋,
 * 高橋; O'Hara, O’Hara), and marks that are on no letter.
 */
export function likenessKey({ family_name, given_name }: PersonName): string {
  const parts = [family_name, given_name ?? ''].map(part => part.replace(LONE_MARKS, ''))
  const name = parts.join('').replace(SPACES_AND_IGNORABLE, '')
  return comparedForm(name).toLowerCase().replace(/[ ']/gu, '')
}
