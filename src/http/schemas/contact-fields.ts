import { Type } from 'typebox'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'
import {
  closedObject,
  component,
  nullable,
  oneOfList,
  omittable,
  ref,
  type NamedSchema,
} from '#http/openapi/component.ts'
import { ownId } from '#http/schemas/common.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/schemas/patterns.ts'

export const contactId = ownId("The contact's id.", CONTACT_ID)

const nameRule =
  'White space at the ends is removed, several spaces inside become one, full-width and half-width forms are ' +
  'unified; variant kanji (髙, 﨑, 𠮷) stay as written (R15). 1–64 characters. Must be the name of one person: ' +
  'names of companies, departments, roles and placeholders, and several people in one name, are refused (R13, ' +
  'R14).'

export const family_name = Type.String({
  minLength: 1,
  maxLength: 64,
  description: `The family name. ${nameRule}`,
  examples: ['山田'],
})

export const given_name = nullable(
  Type.String({
    minLength: 1,
    maxLength: 64,
    description: `The given name, where it is known. ${nameRule}`,
    examples: ['太郎'],
  }),
)

export const email = Type.String({
  minLength: 3,
  maxLength: 320,
  description:
    'The address that the person writes from. Compared without regard to case and width, with its domain in ASCII ' +
    'form (R16); case and spelling are kept for sending. At most 254 octets.',
  examples: ['Yamada.Taro@aozora.example.co.jp'],
})

export const shared_mailbox = Type.Boolean({
  description:
    'The statement that several people use this mailbox (共有メールアドレス). Needed where a person comes to an address ' +
    "that another person of the customer has: they will share one support account and see each other's inquiries " +
    '(R17, R18). No answer has it: `mailbox_shared` says whether it is so.',
  examples: [false],
})

export const mailbox_shared = Type.Boolean({
  description:
    'Whether several people use the address now (共有メールアドレス), on contracts that have not ended: what `shared` ' +
    'of the support account says. It changes when another person comes to the address or leaves it, also on another ' +
    'contract.',
  examples: [false],
})

export const noticeVersion = (description: string) =>
  Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: PATTERNS.visibleAscii,
    description: `Which version of the privacy notice the person was shown (R32). ${description}`.trim(),
    examples: ['2025-10'],
  })

export const privacy_notice_version = noticeVersion('')

export const privacy_notice_shown_at = Type.String({
  format: 'date-time',
  minLength: 20,
  maxLength: 40,
  description: 'When the person was shown it; the moment of registration unless a request says otherwise. RFC 3339.',
  examples: ['2026-04-01T00:30:00.000Z'],
})

export const duties = (options: object) =>
  Type.Array(
    oneOfList(DUTIES, { description: '`system` (システム担当), `operations` (業務担当) or `contract` (契約担当).' }),
    {
      description: 'What the person does at the customer (役割). Duties describe, and limit nothing (R12).',
      examples: [['system']],
      ...options,
    },
  )

const NameOverride = component(
  'NameOverride',
  nullable(
    closedObject(
      {
        reason: Type.String({
          minLength: 10,
          maxLength: 500,
          pattern: PATTERNS.notBlank,
          description: "How it is known that this is a person's name. At least ten characters; kept in the history.",
          examples: ['Confirmed by phone with the person.'],
        }),
      },
      {
        description:
          "An operator states that a name is a person's, although the service would refuse or doubt it (R13). Not " +
          'possible for text that is never a name: `can_be_overridden` in the problem says so.',
      },
    ),
  ),
)

export const name_override = ref(NameOverride)

/** The fields of a person in requests. */
export const contactFields = {
  family_name,
  given_name: Type.Optional(given_name),
  email,
  shared_mailbox: omittable(shared_mailbox),
  duties: omittable(duties({ maxItems: 3 })),
  privacy_notice_version,
  privacy_notice_shown_at: omittable(privacy_notice_shown_at),
  name_override: Type.Optional(name_override),
}

export const roleField = (description: string) => oneOfList(ROLES, { description, examples: ['primary'] })

/** The named schemas of this file. */
export const contactFieldsComponents: readonly NamedSchema[] = [NameOverride]
