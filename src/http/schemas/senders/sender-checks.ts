import { Type } from 'typebox'
import { senderReply } from '#domain/senders/sender-reply.ts'
import { SENDER_HINTS, SENDER_REASONS } from '#domain/vocabulary.ts'
import { component, nullable, nullableRef, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { moment } from '#http/schemas/common.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { CONTRACT_ID } from '#http/schemas/examples.ts'
import { MailAuthentication, senderAuthenticationComponents } from '#http/schemas/senders/sender-authentication.ts'
import { SenderCheckBatch, SenderCheckInput } from '#http/schemas/senders/sender-check-input.ts'
import { ChangeRequestDraft } from '#http/schemas/senders/sender-drafts.ts'
import { ConfirmWith, name, SenderAccount, SenderContract, SenderPerson } from '#http/schemas/senders/sender-people.ts'

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
          description: 'The email address in `reply_to`; null if it does not have exactly one.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      authorised: Type.Boolean({
        description: 'Whether that address is authorised too.',
        examples: [true],
      }),
    },
    { description: 'Where a reply would go. If it is not authorised, the reply may reach a stranger.' },
  ),
)

const SenderSmtp = component(
  'SenderSmtp',
  Type.Object(
    {
      code: Type.Integer({
        minimum: 200,
        maximum: 599,
        description: 'The reply code (RFC 5321 §4.2): 250 if the sender is authorised, else 550.',
        examples: [250],
      }),
      enhanced_code: Type.String({
        description:
          'The enhanced status code (RFC 3463): `2.0.0`; `5.7.1` for a refused sender; `5.1.7` if there is not ' +
          'exactly one address.',
        examples: ['2.0.0'],
      }),
      text: Type.String({
        maxLength: 500,
        description: 'The text, in ASCII. It names no person and no contract. For people: the text may change.',
        examples: ['The sender is a registered support contact.'],
      }),
    },
    { description: 'The SMTP answer that a mail gateway can give at the end of the mail (DATA).' },
  ),
)

const SenderHint = component(
  'SenderHint',
  Type.Object(
    {
      kind: openList(SENDER_HINTS, {
        description:
          '`similar_address`: a registered address of the same domain that differs by one typing error; ' +
          '`removed_recently`: the sender was removed within the last week; `address_in_header`: an address in a ' +
          '`From` header that does not clearly have one sender.',
        examples: ['similar_address'],
      }),
      email: nullable(
        Type.String({
          description: 'The similar registered address, or the address in the header.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      removed_at: nullable(moment('When the sender was removed.', '2026-09-30T08:00:00.000Z')),
      names: Type.Array(name, { description: 'The people that the hint concerns.' }),
      contract_ids: Type.Array(contractId, {
        description: 'The contracts that the hint concerns.',
        examples: [[CONTRACT_ID]],
      }),
    },
    { description: 'A hint for staff about a near miss. Do not show it to the sender.' },
  ),
)

export const SenderCheck = component(
  'SenderCheck',
  Type.Object(
    {
      address: nullable(
        Type.String({
          description: 'The email address that the service read; null if there was not exactly one.',
          examples: ['Yamada.Taro@aozora.example.co.jp'],
        }),
      ),
      authorised: Type.Boolean({ description: 'Whether to accept the inquiry (R29).', examples: [true] }),
      reason: openList(SENDER_REASONS, { description: 'Why, or why not.', examples: ['registered'] }),
      account: nullableRef(ref(SenderAccount), 'The support account of the email address; null if none is open.'),
      ask_for_name: Type.Boolean({
        description: 'Whether several people use the address: ask the sender for the name.',
        examples: [false],
      }),
      people: Type.Array(ref(SenderPerson), { description: 'The people behind the address, the primary first.' }),
      contracts: Type.Array(ref(SenderContract), {
        description: 'Their contracts in force; if there are none, the contracts that explain the refusal.',
      }),
      confirm_with: Type.Optional(
        Type.Array(ref(ConfirmWith), {
          description:
            "Only for clients with the scope `senders:confirm`. For a refused sender of a known customer's domain: " +
            'the primaries who can confirm (R30), contracts with contacts of that domain first. Empty for freemail ' +
            'domains; at most 50.',
        }),
      ),
      reply_to: nullableRef(ref(SenderReplyTo), 'Where a reply would go; null without `reply_to`.'),
      automatic: Type.Boolean({
        description:
          'Whether a program sent the mail (a bounce, an automatic answer, MAILER-DAEMON, postmaster, no-reply). Do ' +
          'not reply to automatic mail: `reply` and `change_request` are null.',
        examples: [false],
      }),
      authentication: nullableRef(
        ref(MailAuthentication),
        'The SPF, DKIM and DMARC results of the request, and what follows from them; null if the request has ' +
          'none: then `From` may be forged.',
      ),
      reply: nullableRef(
        ref(SenderReply),
        'The reply to a refused sender; null for an authorised sender and for automatic mail.',
      ),
      smtp: ref(SenderSmtp),
      change_request: nullableRef(
        ref(ChangeRequestDraft),
        'For a refused sender with contracts in `confirm_with`: a pre-filled change request.',
      ),
      hints: Type.Optional(
        Type.Array(ref(SenderHint), {
          description: 'Near misses, for staff. Only for clients with the scope `senders:hints`.',
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
