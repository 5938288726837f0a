import { Type } from 'typebox'
import { component, nullable, nullableRef, openList, ref } from '#http/openapi/component.ts'
import { day, filterId, moment, ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { customerId } from '#http/schemas/customers.ts'
import {
  ACCOUNT_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SHARED_ACCOUNT_ID,
  SHARER_IDS,
} from '#http/schemas/examples.ts'
import {
  CHANNELS,
  CHANGE_OPERATIONS,
  CONTRACT_STATES,
  DUTIES,
  ROLES,
  SENDER_HINTS,
  SENDER_REASONS,
} from '#domain/vocabulary.ts'
import { senderReply } from '#domain/sender-reply.ts'

const productId = Type.String({ description: "The product's id.", examples: ['manage_ac'] })
const name = Type.String({ description: "The person's whole name.", examples: ['山田 太郎'] })

/** What the sender of a mail may be called by. Text that no address holds is answered, not refused. */
const sender = (options: object = {}) =>
  Type.String({
    maxLength: 65_536,
    description:
      'What the `From:` header of a mail holds, or a bare address: `"山田" <yamada@example.co.jp>`. Case and width do not matter; an internationalised domain may stand in either form (R16). Whatever is not exactly one address is answered with `invalid_address`, also text that other fields refuse.',
    examples: ['"山田" <Yamada.Taro@aozora.example.co.jp>'],
    ...options,
  })

export const SenderCheckInput = component(
  'SenderCheckInput',
  Type.Object(
    {
      address: Type.Optional(sender()),
      addresses: Type.Optional(
        Type.Array(sender(), {
          minItems: 1,
          maxItems: 100,
          description: 'Up to 100 senders, each answered by itself, in this order.',
        }),
      ),
      customer_id: Type.Optional(filterId('Ask only about contracts of this customer.')),
      contract_id: Type.Optional(filterId('Ask only about this contract.')),
      product_id: Type.Optional(filterId('Ask only about contracts of this product.')),
      as_of: Type.Optional(
        Type.String({
          format: 'date-time',
          minLength: 20,
          maxLength: 40,
          pattern: '^(19|2[0-9])\\d{2}-',
          description:
            'A past moment: was the sender authorised then? RFC 3339. Answers for the past have no `confirm_with`, no `change_request` and no hints.',
        }),
      ),
    },
    {
      additionalProperties: false,
      oneOf: ['address', 'addresses'].map(field => ({
        required: [field],
        properties: { [field]: { description: 'Who is asked about.' } },
      })),
      description:
        'Whose inquiry is to be accepted: exactly one of `address` and `addresses`, narrowed to a customer, contract or product where that is known.',
    },
  ),
)

const SenderAccount = component(
  'SenderAccount',
  Type.Object(
    {
      account_id: ownId("The support account's id.", ACCOUNT_ID),
      customer_id: customerId,
      email: Type.String({
        description: 'The address, in the spelling to send to.',
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      display_name: nullable(
        Type.String({ description: 'How the support site shows the account (R18).', examples: ['山田 太郎'] }),
      ),
      shared: Type.Boolean({ description: 'Whether several people use the mailbox.', examples: [false] }),
    },
    { description: 'The support account of a sender.' },
  ),
)

const SenderContact = component(
  'SenderContact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      role: openList(ROLES, { description: 'The role on that contract (R10).', examples: ['primary'] }),
      duties: Type.Array(openList(DUTIES, { description: 'One duty.' }), {
        description: 'The duties on that contract (R12).',
        examples: [['system']],
      }),
    },
    { description: 'One registration of a person.' },
  ),
)

const SenderPerson = component(
  'SenderPerson',
  Type.Object(
    {
      name,
      family_name: Type.String({ description: 'The family name.', examples: ['山田'] }),
      given_name: nullable(
        Type.String({ description: 'The given name; null where it is not known.', examples: ['太郎'] }),
      ),
      contacts: Type.Array(ref(SenderContact), { description: 'What the person is registered on.' }),
    },
    { description: 'A person who may be the one that asks.' },
  ),
)

const SenderContract = component(
  'SenderContract',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      product_id: productId,
      state: openList(CONTRACT_STATES, {
        description: 'Where the contract stands on the day that is asked about.',
        examples: ['in_force'],
      }),
      starts_on: day('The first day.', '2024-04-01'),
      ends_on: nullable(day('The last day; null for open-ended.', '2027-03-31')),
    },
    { description: 'A contract that a sender is registered on.' },
  ),
)

const ConfirmingPrimary = component(
  'ConfirmingPrimary',
  Type.Object(
    {
      contact_id: contactId,
      name,
      email: Type.String({ description: "The primary's address.", examples: ['Yamada.Taro@aozora.example.co.jp'] }),
    },
    { description: 'The primary (主担当) of a contract, who confirms.' },
  ),
)

const ConfirmWith = component(
  'ConfirmWith',
  Type.Object(
    {
      contract_id: contractId,
      product_id: productId,
      customer_id: customerId,
      customer_name: Type.String({ description: "The customer's name.", examples: ['株式会社青空商事'] }),
      primary: ref(ConfirmingPrimary),
    },
    {
      description:
        "A contract in force of a customer who has the sender's domain, and its primary, with whom to confirm (R30).",
    },
  ),
)

const DraftContact = component(
  'DraftContact',
  Type.Object(
    {
      email: Type.String({ description: "The sender's address.", examples: ['suzuki.saburo@aozora.example.co.jp'] }),
      family_name: Type.Optional(
        Type.String({ description: "The family name, as the mail's header suggests it.", examples: ['鈴木'] }),
      ),
      given_name: Type.Optional(
        nullable(Type.String({ description: "The given name, as the mail's header suggests it.", examples: ['三郎'] })),
      ),
    },
    { description: "The sender as a contact to be added, as far as the mail's header tells." },
  ),
)

const DraftOperation = component(
  'DraftOperation',
  Type.Object(
    {
      op: openList(CHANGE_OPERATIONS, { description: 'What the step does.', examples: ['add'] }),
      contact: ref(DraftContact),
    },
    { description: 'The step that would register the sender.' },
  ),
)

const DraftRequester = component(
  'DraftRequester',
  Type.Object(
    {
      name: Type.Optional(Type.String({ description: "The name in the mail's header.", examples: ['鈴木 三郎'] })),
      email: Type.String({ description: "The sender's address.", examples: ['suzuki.saburo@aozora.example.co.jp'] }),
      channel: openList(CHANNELS, { description: 'How the sender asked.', examples: ['mail'] }),
    },
    { description: "Who asked, as far as the mail's header tells." },
  ),
)

const ChangeRequestDraft = component(
  'ChangeRequestDraft',
  Type.Object(
    {
      contract_id: contractId,
      operations: Type.Array(ref(DraftOperation), { description: 'The one step.' }),
      requested_by: ref(DraftRequester),
    },
    {
      description:
        'The body of a change request (`requestChange`) that would register the sender on the first contract of `confirm_with`. Check the name, add whatever part of it is missing and `privacy_notice_version`, and send it.',
    },
  ),
)

const SenderReply = component(
  'SenderReply',
  Type.Object(
    {
      ja: Type.String({ description: 'In Japanese.', examples: [senderReply('never_registered').ja] }),
      en: Type.String({ description: 'In English.', examples: [senderReply('never_registered').en] }),
    },
    { description: 'A text to send back to a refused sender. It names nobody and no contract.' },
  ),
)

const SenderHint = component(
  'SenderHint',
  Type.Object(
    {
      kind: openList(SENDER_HINTS, {
        description:
          '`similar_address`: an address of the same domain, one slip of the fingers away; `removed_recently`: the sender was registered until within the last week.',
        examples: ['similar_address'],
      }),
      email: nullable(
        Type.String({
          description: 'The registered address that is similar.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      removed_at: nullable(moment('When the sender was removed.', '2026-09-30T08:00:00.000Z')),
      names: Type.Array(name, { description: 'Who it is about.' }),
      contract_ids: Type.Array(contractId, {
        description: 'The contracts that it is about.',
        examples: [[CONTRACT_ID]],
      }),
    },
    { description: 'What staff should know of a near miss. Not for the sender.' },
  ),
)

export const SenderCheck = component(
  'SenderCheck',
  Type.Object(
    {
      address: nullable(
        Type.String({
          description: 'The address that was read; null where there was not exactly one.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      authorised: Type.Boolean({ description: 'Whether the inquiry is to be accepted (R29).', examples: [true] }),
      reason: openList(SENDER_REASONS, { description: 'Why, or why not.', examples: ['registered'] }),
      account: nullableRef(ref(SenderAccount), 'The support account of the address; null where none is open.'),
      ask_for_name: Type.Boolean({
        description: 'Whether several people may be the one that asks, so that they have to be asked for their name.',
        examples: [false],
      }),
      people: Type.Array(ref(SenderPerson), { description: 'The people behind the address, the primary first.' }),
      contracts: Type.Array(ref(SenderContract), {
        description: 'Their contracts: those in force where there are any, else those that explain the refusal.',
      }),
      confirm_with: Type.Array(ref(ConfirmWith), {
        description:
          "For a refused sender of a known customer's domain: with whom to confirm (R30), contracts with contacts of that domain first. Empty for free-mail domains; at most fifty.",
      }),
      reply: nullableRef(ref(SenderReply), 'For a refused sender: what to send back; null for an authorised one.'),
      change_request: nullableRef(
        ref(ChangeRequestDraft),
        'For a refused sender with somebody to confirm with: a pre-filled change request.',
      ),
      hints: Type.Optional(
        Type.Array(ref(SenderHint), {
          description: 'Near misses, for staff; only for clients with the scope `senders:hints`.',
        }),
      ),
    },
    { description: 'Whether a sender (送信者) is authorised (R29, R30).' },
  ),
)

export const SenderCheckList = component(
  'SenderCheckList',
  Type.Object(
    {
      items: Type.Array(ref(SenderCheck), { description: 'One answer for each of `addresses`, in their order.' }),
    },
    { description: 'The answers for several senders.' },
  ),
)

const [sato, suzuki] = SHARER_IDS
const contract = {
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  product_id: 'manage_ac',
  state: 'in_force',
  starts_on: '2024-04-01',
  ends_on: null,
}
const authorised = {
  address: 'Yamada.Taro@Aozora.example.co.jp',
  authorised: true,
  reason: 'registered',
  account: {
    account_id: ACCOUNT_ID,
    customer_id: CUSTOMER_ID,
    email: 'Yamada.Taro@aozora.example.co.jp',
    display_name: '山田 太郎',
    shared: false,
  },
  ask_for_name: false,
  people: [
    {
      name: '山田 太郎',
      family_name: '山田',
      given_name: '太郎',
      contacts: [{ contact_id: CONTACT_ID, contract_id: CONTRACT_ID, role: 'primary', duties: [] }],
    },
  ],
  contracts: [contract],
  reply: null,
  confirm_with: [],
  change_request: null,
}
const secondary = (family_name: string, given_name: string, contact_id: string) => ({
  name: `${family_name} ${given_name}`,
  family_name,
  given_name,
  contacts: [{ contact_id, contract_id: CONTRACT_ID, role: 'secondary', duties: [] }],
})
const shared = {
  ...authorised,
  address: 'support-desk@aozora.example.co.jp',
  ask_for_name: true,
  account: {
    account_id: SHARED_ACCOUNT_ID,
    customer_id: CUSTOMER_ID,
    email: 'support-desk@aozora.example.co.jp',
    display_name: '佐藤/鈴木',
    shared: true,
  },
  people: [secondary('佐藤', '次郎', sato), secondary('鈴木', '三郎', suzuki)],
}
const nobody = {
  authorised: false,
  account: null,
  ask_for_name: false,
  people: [],
  contracts: [],
  confirm_with: [],
  change_request: null,
}
const refused = {
  ...nobody,
  address: 'takahashi.megumi@aozora.example.co.jp',
  reason: 'never_registered',
  reply: senderReply('never_registered'),
  confirm_with: [
    {
      contract_id: CONTRACT_ID,
      product_id: 'manage_ac',
      customer_id: CUSTOMER_ID,
      customer_name: '株式会社青空商事',
      primary: { contact_id: CONTACT_ID, name: '山田 太郎', email: 'Yamada.Taro@aozora.example.co.jp' },
    },
  ],
  change_request: {
    contract_id: CONTRACT_ID,
    operations: [
      { op: 'add', contact: { family_name: '高橋', given_name: '恵', email: 'takahashi.megumi@aozora.example.co.jp' } },
    ],
    requested_by: { name: '高橋 恵', email: 'takahashi.megumi@aozora.example.co.jp', channel: 'mail' },
  },
}
export const senderCheckExamples = {
  input: {
    one: {
      summary: "One sender, as the mail's header has it",
      value: { address: '"山田" <Yamada.Taro@Aozora.example.co.jp>' },
    },
    many: {
      summary: 'Two senders of one customer',
      value: {
        addresses: ['support-desk@aozora.example.co.jp', '高橋 恵 <takahashi.megumi@aozora.example.co.jp>'],
        customer_id: CUSTOMER_ID,
      },
    },
  },
  answer: {
    authorised: { summary: 'An authorised sender', value: authorised },
    refused: { summary: 'Nobody registered, of a known customer', value: refused },
    list: {
      summary: 'A shared mailbox, and what is no address',
      value: {
        items: [shared, { ...nobody, address: null, reason: 'invalid_address', reply: senderReply('invalid_address') }],
      },
    },
  },
}
