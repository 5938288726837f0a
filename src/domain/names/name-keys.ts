import { comparedForm } from '#domain/names/compared-form.ts'
import type { PersonName } from '#domain/person-name.ts'

/**
 * The key by which people at one address are the same person (R17, R19). It ignores spaces, case, parts and
 * invisible characters.
 */
export function nameKey(name: PersonName): string {
  return `${name.family_name}${name.given_name ?? ''}`
    .toLowerCase()
    .replace(/\s+|\p{Default_Ignorable_Code_Point}/gu, '')
}

/** The key by which two names may mean one person: it also ignores variant kanji, width and spelling (髙橋, 高橋). */
export function likenessKey(name: PersonName): string {
  return comparedForm(nameKey(name)).toLowerCase().replaceAll(' ', '')
}
