import { refusal, type Finding } from '#domain/names/finding.ts'
import { isLatinText } from '#domain/names/latin-text.ts'
import { LATIN_FUNCTION_WORDS } from '#domain/names/lists.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const BEGINNINGS = "i am|i'm|it is|it's|my name is|name is|this is|for|dear|hello,?|hi,?|please ask|ask for"
const LABELS = String.raw`attn\.|attention:|c\/o|e\.?g\.|ex\)|ex\.|ex-|(?:new|old|contact):`
const BEFORE = new RegExp(
  String.raw`^(?:(?:${BEGINNINGS}|attn|attention|formerly|previously)\s|(?:${LABELS})\s?)(?=\p{L})`,
  'iu',
)
const NOTES =
  'temp(?:orary)?|retired|ext(?:ernal)?|contractor|intern|left|new|old|former|ooo|out of office|on leave|deputy' +
  '|acting|backup|primary|secondary|main|ex'
const AFTER = new RegExp(
  String.raw`\s?[([](?:${NOTES})\.?[)\]]$|'s? (?:assistant|secretary|deputy|team|office|mobile|phone)$`,
  'iu',
)
const DASH = /\s[-–—]\s/u
const FAMILY = /\s(?:family|et al|and family|and others|and team)\.?$/iu

/** A sentence or a note in Latin letters, with a name in it: My name is John, John (retired), Smith family. */
export function latinSentence({ name, text }: NameFacts): Finding | undefined {
  if (!text.includes(' ') && !text.includes('-') && !text.includes('(') && !text.includes('[')) return undefined
  if (!isLatinText(text)) return undefined
  const family = FAMILY.exec(text)?.[0]
  if (family !== undefined) return refusal('several-people', family.trim())
  const note = (name.given_name === null ? BEFORE.exec(text)?.[0] : undefined) ?? AFTER.exec(text)?.[0]
  if (note !== undefined) {
    const person = text.replace(note, '').trim()
    return refusal('organisation-and-person', note.trim(), [{ family_name: person, given_name: null }])
  }
  const side = text.split(DASH).find(part => part !== text && isFunction(part))
  return side === undefined ? undefined : refusal('organisation-and-person', side)
}

function isFunction(text: string): boolean {
  return text
    .toLowerCase()
    .split(' ')
    .every(word => LATIN_FUNCTION_WORDS.has(word))
}
