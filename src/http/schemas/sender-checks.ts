import { Type } from 'typebox'
import { senderReply } from '#domain/sender-reply.ts'
import { SENDER_HINTS, SENDER_REASONS } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/openapi/component.ts'
import { moment } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts.ts'
import { CONTRACT_ID } from '#http/schemas/examples.ts'
import { MailAuthentication, senderAuthenticationComponents } from '#http/schemas/sender-authentication.ts'
import { SenderCheckBatch, SenderCheckInput } from '#http/schemas/sender-check-input.ts'
import { ChangeRequestDraft } from '#http/schemas/sender-drafts.ts'
import { ConfirmWith, name, SenderAccount, SenderContract, SenderPerson } from '#http/schemas/sender-people.ts'

const SenderReply = component(
  'SenderReply',
  Type.Object(
    {
      ja: Type.String({ description: 'In Japanese.', examples: [senderReply('never_registered').ja] }),
      en: Type.String({ description: 'In English.', examples: [senderReply('never_registered').en] }),
    },
    { description: 'A text to send back to a refused sender. It names no person and no contract.' },
  ),
)

const SenderReplyTo = component(
  'SenderReplyTo',
  Type.Object(
    {
      address: nullable(
        Type.String({
          description: 'The address in `reply_to`; null where there is not exactly one.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      authorised: Type.Boolean({
        description: 'Whether that address is authorised for the same question.',
        examples: [true],
      }),
    },
    { description: 'Where an answer would go. Where it is not authorised, the answer may reach a stranger.' },
  ),
)

const SenderSmtp = component(
  'SenderSmtp',
  Type.Object(
    {
      code: Type.Integer({
        minimum: 200,
        maximum: 599,
        description: 'The reply code (RFC 5321 §4.2): 250 where the sender is authorised, else 550.',
        examples: [250],
      }),
      enhanced_code: Type.String({
        description:
          'The enhanced status code (RFC 3463): `2.0.0`; `5.7.1` for a refused sender; `5.1.7` for no address.',
        examples: ['2.0.0'],
      }),
      text: Type.String({
        maxLength: 500,
        description: 'The text: ASCII, naming no person and no contract. For people: it may change.',
        examples: ['The sender is a registered support contact.'],
      }),
    },
    { description: 'What a mail gateway can answer with at the end of the mail (DATA).' },
  ),
)

const SenderHint = component(
  'SenderHint',
  Type.Object(
    {
      kind: openList(SENDER_HINTS, {
        description:
          '`similar_address`: an address of the same domain, one slip of the fingers away; `removed_recently`: ' +
          'the sender was registered until within the last week; `address_in_header`: an address in a `From:` that ' +
          'does not say clearly whose mail it is.',
        examples: ['similar_address'],
      }),
      email: nullable(
        Type.String({
          description: 'The registered address that is similar, or the one in the header.',
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
      confirm_with: Type.Optional(
        Type.Array(ref(ConfirmWith), {
          description:
            "Only for clients with the scope `senders:confirm`. For a refused sender of a known customer's " +
            'domain: the primaries who can confirm (R30), contracts with contacts of that domain first. Empty for ' +
            'free-mail domains; at most fifty.',
        }),
      ),
      reply_to: nullableRef(ref(SenderReplyTo), 'Where an answer would go; null without `reply_to`.'),
      automatic: Type.Boolean({
        description:
          'Whether a program sent the mail (a bounce, an automatic answer, MAILER-DAEMON, postmaster, no-reply). A ' +
          'machine is not to be answered, so `reply` and `change_request` are null.',
        examples: [false],
      }),
      authentication: nullableRef(
        ref(MailAuthentication),
        'What the request said about SPF, DKIM and DMARC, and what follows; null where it said nothing: then `From` ' +
          'may be forged.',
      ),
      reply: nullableRef(
        ref(SenderReply),
        'For a refused sender: what to send back; null for an authorised one and for a machine.',
      ),
      smtp: ref(SenderSmtp),
      change_request: nullableRef(
        ref(ChangeRequestDraft),
        'For a refused sender with contracts in `confirm_with`: a pre-filled change request.',
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
      items: Type.Array(ref(SenderCheck), { description: 'One answer for each of `senders`, in their order.' }),
    },
    { description: 'The answers for several senders.' },
  ),
)

/** The named schemas of this file. */
export const senderChecksComponents: readonly NamedSchema[] = [
  ...senderAuthenticationComponents,
  SenderCheckInput,
  SenderCheckBatch,
  SenderReply,
  SenderReplyTo,
  SenderSmtp,
  SenderHint,
  SenderCheck,
  SenderCheckList,
]
