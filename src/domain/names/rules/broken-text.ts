import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import { hasLetter } from '#domain/names/letters.ts'
import { writtenName, type NameFacts } from '#domain/names/name-facts.ts'

// Characters that replace lost ones, private and control characters, halves of characters, and invisible letters.
const CONTROLS = String.raw`\u0000-\u0008\u000E-\u001F\u007F-\u009F`
const LOST = String.raw`[\uFFF9-\uFFFF\p{Noncharacter_Code_Point}\p{Cs}\p{Co}${CONTROLS}]`
const FILLER = /[\u115F\u1160\u3164\uFFA0\u2800]/u
// RFC 2047 encoded words; URL and quoted-printable encoding; character references; ISO-2022-JP without its escapes.
const ENCODED_WORD = String.raw`=\?[\w-]{3,}`
const ENCODED_BYTES = '(?:[=%][0-9A-Fa-f]{2}){2}|[=%][0-9A-F]{2}'
const REFERENCE = String.raw`&#x?[0-9A-Fa-f]+;?|\\[ux]\{?[0-9A-Fa-f]{2}`
const WITHOUT_ESCAPES = String.raw`\$[@B][!-~]{2,}`
const BROKEN = new RegExp([LOST, ENCODED_WORD, ENCODED_BYTES, REFERENCE, WITHOUT_ESCAPES].join('|'), 'u')

/** A text that was broken on its way: =?UTF-8?B?…?=, %E5%B1%B1, a character that replaces a lost one (R13). */
export function brokenText({ name, family, given }: NameFacts): Finding | undefined {
  const broken =
    BROKEN.exec(writtenName(name)) ?? fillerIn(name.family_name, family) ?? fillerIn(name.given_name ?? '', given ?? '')
  return broken === null ? undefined : finalRefusal('broken-text', broken[0])
}

/** A filler in a part that has letters too. Without any, the part is empty. */
function fillerIn(part: string, compared: string): RegExpExecArray | null {
  return hasLetter(compared) ? FILLER.exec(part) : null
}
