import { Type } from 'typebox'
import { senderReply } from '#domain/sender-reply.ts'
import { SENDER_HINTS, SENDER_REASONS } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/openapi/component.ts'
import { filterId, moment } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { CONTRACT_ID } from '#http/schemas/examples.ts'
import { ChangeRequestDraft } from '#http/schemas/sender-drafts.ts'
import { ConfirmWith, name, SenderAccount, SenderContract, SenderPerson } from '#http/schemas/sender-people.ts'

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
          maxLength: 41,
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

/** The named schemas of this file. */
export const senderChecksComponents: readonly NamedSchema[] = [
  SenderCheckInput,
  SenderReply,
  SenderHint,
  SenderCheck,
  SenderCheckList,
]
