import { Type } from 'typebox'
import { closedObject, component, nullable, oneOfList, openList, ref } from '#http/openapi/component.ts'
import { moment, notKnown, ownId, pageSchema } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { customerId } from '#http/schemas/customers.ts'
import {
  ACCOUNT_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SUCCESSOR_ACCOUNT_ID,
  SUCCESSOR_ID,
} from '#http/schemas/examples.ts'
import { warnings } from '#http/schemas/name-warnings.ts'
import { DUTIES, FORMER_PRIMARY_OUTCOMES, ROLES } from '#domain/vocabulary.ts'

export const contactId = ownId("The contact's id.", CONTACT_ID)

const nameRule =
  "White space at the ends is dropped, inner spaces become one, full-width and half-width forms are unified; variant kanji (髙, 﨑, 𠮷) stay as written (R15). 1–64 characters; one person's: companies, departments, roles, placeholders and several people in one are refused (R13, R14)."
const family_name = Type.String({
  minLength: 1,
  maxLength: 64,
  description: `The family name. ${nameRule}`,
  examples: ['山田'],
})
const given_name = nullable(
  Type.String({
    minLength: 1,
    maxLength: 64,
    description: `The given name, where it is known. ${nameRule}`,
    examples: ['太郎'],
  }),
)
const email = Type.String({
  minLength: 3,
  maxLength: 320,
  description:
    'The address that the person writes from. Compared without regard to case and width, with its domain in ASCII form (R16); case and spelling are kept for sending. At most 254 octets.',
  examples: ['Yamada.Taro@aozora.example.co.jp'],
})
const shared_mailbox = Type.Boolean({
  description:
    "The statement that several people use this mailbox (共有メールアドレス). Needed for everybody who comes to an address that somebody else of the customer has: they will share one support account and see each other's inquiries (R17, R18).",
  examples: [false],
})
const privacy_notice_version = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'Which version of the privacy notice the person was shown at registration (R32).',
  examples: ['2025-10'],
})
const duties = (options: object) =>
  Type.Array(
    oneOfList(DUTIES, { description: '`system` (システム担当), `operations` (業務担当) or `contract` (契約担当).' }),
    {
      description: 'What the person does at the customer (役割). Duties describe, and limit nothing (R12).',
      examples: [['system']],
      ...options,
    },
  )

export const Contact = component(
  'Contact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      customer_id: customerId,
      account_id: ownId("The support account of the contact's address.", ACCOUNT_ID),
      role: openList(ROLES, {
        description: 'The one primary (主担当) of the contract, or a secondary (副担当) (R10).',
        examples: ['primary'],
      }),
      duties: Type.Array(openList(DUTIES, { description: 'One duty.' }), {
        description: 'What the person does at the customer (R12).',
        examples: [['system']],
      }),
      family_name: Type.String({ description: 'The family name.', examples: ['山田'] }),
      given_name: nullable(
        Type.String({ description: 'The given name; null where it is not known.', examples: ['太郎'] }),
      ),
      name: Type.String({
        description:
          'The whole name, derived: family name first, given name first where both parts are in Latin script (R15).',
        examples: ['山田 太郎'],
      }),
      name_doubtful: Type.Boolean({
        description:
          "Whether the name may not be a person's, so that somebody should ask (R13). Goes when the name is changed, or when somebody vouches for it with `name_override`.",
        examples: [false],
      }),
      email: Type.String({
        description: 'The address, in the spelling to send to.',
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      shared_mailbox,
      privacy_notice_version,
      registered_at: moment('When the person was registered.', '2026-04-01T00:30:00.000Z'),
      removed_at: nullable(moment('When the person was removed; null while registered.', '2026-09-30T08:00:00.000Z')),
      warnings,
    },
    { description: 'A support contact (問い合わせご担当者): one person, registered on one contract.' },
  ),
)

const NameOverride = component(
  'NameOverride',
  closedObject(
    {
      reason: Type.String({
        minLength: 10,
        maxLength: 500,
        pattern: '\\S',
        description: "How it is known that this is a person's name. At least ten characters; kept in the history.",
        examples: ['Confirmed by phone with the person.'],
      }),
    },
    {
      description:
        "An operator's word that a name is a person's which would be refused or doubtful (R13). Not taken for what is never a name: `can_be_overridden` in the problem says so.",
    },
  ),
)
const name_override = ref(NameOverride)

/** What a request says of a person. */
export const contactFields = {
  family_name,
  given_name: Type.Optional(given_name),
  email,
  shared_mailbox: Type.Optional(shared_mailbox),
  duties: Type.Optional(duties({ maxItems: 3 })),
  privacy_notice_version,
  name_override: Type.Optional(name_override),
}

export const roleField = (description: string) => oneOfList(ROLES, { description, examples: ['primary'] })

export const ContactInput = component(
  'ContactInput',
  closedObject(
    {
      role: Type.Optional(
        roleField(
          'The first contact of a contract has to be its `primary`; everybody else is `secondary`, which is the default.',
        ),
      ),
      ...contactFields,
    },
    { description: 'A person to register as a support contact (問い合わせご担当者).' },
  ),
)

export const NewPrimary = component(
  'NewPrimary',
  closedObject(contactFields, { description: 'A person who is registered as the primary (主担当).' }),
)

export const ContactPatch = component(
  'ContactPatch',
  closedObject(
    {
      family_name: Type.Optional(family_name),
      given_name: Type.Optional(given_name),
      email: Type.Optional(email),
      shared_mailbox: Type.Optional(shared_mailbox),
      duties: Type.Optional(nullableDuties()),
      privacy_notice_version: Type.Optional(privacy_notice_version),
      name_override: Type.Optional(name_override),
    },
    {
      description:
        'What changes of a contact, as JSON Merge Patch (RFC 7396): what is absent stays, null removes. The role is handed over with `PUT /v1/contracts/{contract_id}/primary`.',
    },
  ),
)

function nullableDuties() {
  return nullable(duties({ maxItems: 3 }))
}

export const PrimaryInput = component(
  'PrimaryInput',
  Type.Object(
    {
      contact_id: Type.Optional(ownId('The contact of this contract who becomes the primary.', CONTACT_ID)),
      new_contact: Type.Optional(ref(NewPrimary)),
      former_primary: Type.Optional(
        oneOfList(FORMER_PRIMARY_OUTCOMES, {
          description:
            'What becomes of the present primary: `secondary` (the default), or `removed` in the same step, which works also when every seat is taken (R11).',
          examples: ['secondary'],
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: [{ required: ['contact_id'] }, { required: ['new_contact'] }],
      description: 'Who becomes the primary: exactly one of `contact_id` and `new_contact`.',
    },
  ),
)

export const ContactPage = pageSchema('ContactPage', Contact, 'A page of contacts, in the order of their registration.')

export const ContractContactPage = pageSchema(
  'ContractContactPage',
  Contact,
  "A page of a contract's contacts, in the order of their registration.",
  { not_known: notKnown },
)

const input = {
  role: 'primary',
  duties: ['system'],
  family_name: '山田',
  given_name: '太郎',
  email: 'Yamada.Taro@aozora.example.co.jp',
  privacy_notice_version: '2025-10',
}
const contact = {
  contact_id: CONTACT_ID,
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  account_id: ACCOUNT_ID,
  role: 'primary',
  duties: ['system'],
  family_name: '山田',
  given_name: '太郎',
  name: '山田 太郎',
  name_doubtful: false,
  email: 'Yamada.Taro@aozora.example.co.jp',
  shared_mailbox: false,
  privacy_notice_version: '2025-10',
  registered_at: '2026-04-01T00:30:00.000Z',
  removed_at: null,
}
const successor = {
  ...contact,
  contact_id: SUCCESSOR_ID,
  account_id: SUCCESSOR_ACCOUNT_ID,
  duties: [],
  family_name: '伊藤',
  given_name: '花子',
  name: '伊藤 花子',
  email: 'ito.hanako@aozora.example.co.jp',
  registered_at: '2026-09-14T23:40:00.000Z',
}
export const contactExamples = {
  input: {
    primary: { summary: 'The first contact: the primary', value: input },
    vouched_for: {
      summary: "A name that looks like a company's, for which an operator vouches",
      value: {
        family_name: '海上',
        given_name: null,
        email: 'unakami@aozora.example.co.jp',
        privacy_notice_version: '2025-10',
        name_override: { reason: 'Confirmed by phone with the person.' },
      },
    },
    shared: {
      summary: 'A secondary who shares a mailbox, said deliberately',
      value: {
        family_name: '佐藤',
        given_name: '次郎',
        email: 'support-desk@aozora.example.co.jp',
        shared_mailbox: true,
        duties: ['operations'],
        privacy_notice_version: '2025-10',
      },
    },
  },
  patch: {
    duties: { summary: 'Other duties', value: { duties: ['system', 'contract'] } },
    move: { summary: 'Another address', value: { email: 'taro.yamada@aozora.example.co.jp' } },
  },
  hand_over: {
    replace: {
      summary: 'Somebody new takes over, the former primary leaves',
      value: {
        new_contact: {
          family_name: '伊藤',
          given_name: '花子',
          email: 'ito.hanako@aozora.example.co.jp',
          privacy_notice_version: '2025-10',
        },
        former_primary: 'removed',
      },
    },
    hand_over: { summary: 'A contact takes over, the former primary stays', value: { contact_id: CONTACT_ID } },
  },
  answer: {
    primary: { summary: 'A primary', value: contact },
    doubtful: {
      summary: "A name that may be no person's",
      value: {
        ...contact,
        family_name: '水流所',
        given_name: null,
        name: '水流所',
        name_doubtful: true,
        warnings: [
          {
            code: 'name-doubtful',
            pointer: '#/family_name',
            reason: 'doubtful',
            matched: '所',
            detail: '"所" may be part of an organisation\'s name. Ask whether this is a person\'s name.',
          },
        ],
      },
    },
  },
  changed: { duties: { summary: 'With other duties', value: { ...contact, duties: ['contract', 'system'] } } },
  handed_over: { replaced: { summary: 'The primary now', value: successor } },
  page: {
    all: {
      summary: 'The only page',
      value: { items: [contact, { ...successor, role: 'secondary' }], next_cursor: null },
    },
  },
}
