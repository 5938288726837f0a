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
} from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const contactId = ownId("The contact's id.", CONTACT_ID)

const nameRule =
  'The service removes spaces at the beginning and end (full-width spaces too), reduces several spaces to ' +
  'one, and unifies full-width and half-width forms; variant kanji (髙, 﨑, 𠮷) stay as written (R15). 1–64 ' +
  'characters. Must be the name of one person: names of companies, departments, roles and placeholders, and ' +
  'several people in one name, are refused (R13, R14).'

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
    description: `The given name, if it is known. ${nameRule}`,
    examples: ['太郎'],
  }),
)

export const email = Type.String({
  minLength: 3,
  maxLength: 320,
  description:
    'The email address that the person writes from. The service ignores case and width when it compares ' +
    'addresses, and compares the domain in ASCII form (R16); it stores the address as sent. At most 254 ' +
    'bytes.',
  examples: ['Yamada.Taro@aozora.example.co.jp'],
})

export const shared_mailbox = Type.Boolean({
  description:
    'Whether several people use this mailbox (共有メールアドレス). Required for a person whose email address another ' +
    "person of the customer has: they then share one support account and see each other's inquiries (R17, " +
    'R18). Answers do not have it: `mailbox_shared` says whether the mailbox is shared now.',
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
    description: `The version of the privacy notice that the person was shown (R32). ${description}`.trim(),
    examples: ['2025-10'],
  })

export const privacy_notice_version = noticeVersion('')

export const privacy_notice_shown_at = Type.String({
  format: 'date-time',
  minLength: 20,
  maxLength: 40,
  description: 'When the person was shown the privacy notice (RFC 3339). Default: the moment of registration.',
  examples: ['2026-04-01T00:30:00.000Z'],
})

export const duties = (options: object) =>
  Type.Array(
    oneOfList(DUTIES, { description: '`system` (システム担当), `operations` (業務担当) or `contract` (契約担当).' }),
    {
      description: 'What the person does at the customer (役割). Duties do not limit what the contact may do (R12).',
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
          description: "How you know that this is a person's name. At least ten characters; stored in the history.",
          examples: ['Confirmed by phone with the person.'],
        }),
      },
      {
        description:
          "An operator confirms that this is a person's name, although the service would refuse it or mark it as " +
          'doubtful (R13). It has no effect if `can_be_overridden` in the problem is false.',
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

/** The role of a contact that comes back. */
export const restoredRole = omittable(
  roleField(
    'The role with which the contact comes back, if it is another one now: the contract may have another primary, or ' +
      'none. If it is omitted, the role of before.',
  ),
)

/** The named schemas of this file. */
export const contactFieldsComponents: readonly NamedSchema[] = [NameOverride]
