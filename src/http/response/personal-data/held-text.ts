import { nameIn } from '#domain/personal-data/person-traces.ts'
import { fullName } from '#domain/person-name.ts'
import { ROLES } from '#domain/vocabulary.ts'
import type { Words } from '#http/problems/language.ts'
import { EVENT_WORDS } from '#http/response/personal-data/event-words.ts'
import { ROLE_WORDS } from '#http/response/contracts/registration-words.ts'

/** A text in the language of the page. */
export type Say = (words: Words) => string

/** The day of a moment, in the vendor's time zone. */
export type Day = (moment: string | null) => string | null

/** What happened, in words; the type of an event that has none. */
export function eventText(event: string, say: Say): string {
  const words = Object.hasOwn(EVENT_WORDS, event) ? EVENT_WORDS[event as keyof typeof EVENT_WORDS] : undefined
  return words === undefined ? event : say(words)
}

type Document = Readonly<Record<string, unknown>>

/** What a document holds of people, in whichever part of it: name, address, role and days. */
export function heldText(document: unknown, say: Say, day: Day): string {
  if (typeof document !== 'object' || document === null) return ''
  if (Array.isArray(document)) return joined(document.map(item => heldText(item, say, day)))
  const { email, role, registered_at, removed_at } = document as Document
  return joined([
    nameText(document as Document),
    textOf(email),
    joined(ROLES.filter(known => known === role).map(known => say(ROLE_WORDS[known]))),
    day(textOf(registered_at)),
    day(textOf(removed_at)),
    ...Object.values(document).map(part => heldText(part, say, day)),
  ])
}

/** The name that a document gives, or the part that it changes. */
function nameText(document: Document): string | null {
  const name = nameIn(document)
  return name === null ? textOf(document['given_name']) : fullName(name)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function joined(texts: readonly (string | null)[]): string {
  return texts.filter(Boolean).join(' ')
}
