import { Type } from 'typebox'
import { ACCOUNT_STATES, CAPABILITIES, MAIL_STATES, ROLES } from '#domain/vocabulary.ts'
import {
  closedObject,
  component,
  nullable,
  oneOfList,
  openList,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { ACCOUNT_ID } from '#http/schemas/examples.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const accountId = ownId("The account's id.", ACCOUNT_ID)

/** An id that the help desk gave. */
export function externalId(description: string) {
  return Type.String({
    minLength: 1,
    maxLength: 128,
    pattern: PATTERNS.visibleAscii,
    description,
    examples: ['361084729'],
  })
}

const AccountContact = component(
  'AccountContact',
  Type.Object(
    {
      contact_id: contactId,
      contract_id: contractId,
      role: oneOfList(ROLES, { description: "The contact's role on that contract.", examples: ['primary'] }),
      name: Type.String({ description: "The person's whole name.", examples: ['山田 太郎'] }),
    },
    { description: 'A contact of an account. A person on two contracts is two contacts.' },
  ),
)

const ResidualAccess = component(
  'ResidualAccess',
  Type.Object(
    {
      contact_id: contactId,
      name: Type.String({ description: "The person's whole name.", examples: ['高橋 恵'] }),
      left_at: moment('When the person left the mailbox, or the account closed.', '2026-09-30T08:00:00.000Z'),
    },
    { description: 'A person who was behind an account, and may still read its mailbox.' },
  ),
)

export const SupportAccount = component(
  'SupportAccount',
  Type.Object(
    {
      account_id: ownId(
        "The account's id. A customer has one account for an address. It stays when people leave and come back, and " +
          'when a contract is renewed. It goes along when the only person who uses it gets another address (R21).',
        ACCOUNT_ID,
      ),
      customer_id: customerId,
      email: nullable(
        Type.String({
          description:
            'The address of the account, in the spelling of the contact with whom it came there; null if its people ' +
            'were erased.',
          examples: ['support-desk@aozora.example.co.jp'],
        }),
      ),
      erased_at: Type.Optional(
        moment('When the people behind it were erased (R33); absent otherwise.', '2027-09-30T08:00:00.000Z'),
      ),
      display_name: nullable(
        Type.String({
          description:
            'How the support site shows the account: the full name of one person, or the family names of several ' +
            'people joined with `/`, the primary first (R18). Null if the account has no contacts.',
          examples: ['山田/伊藤/佐藤'],
        }),
      ),
      state: openList(ACCOUNT_STATES, {
        description:
          'An account is open while it has contacts; contacts of contracts that have ended do not count (R21, R28).',
        examples: ['open'],
      }),
      shared: Type.Boolean({ description: 'Whether several people use it now.', examples: [true] }),
      capabilities: Type.Array(openList(CAPABILITIES, { description: 'One thing that the account may do.' }), {
        description:
          'What the account may do: `email_inquiry` and `notices` while it is open, the rest once its password is ' +
          'set (R22).',
        examples: [['email_inquiry', 'notices']],
      }),
      contacts: Type.Array(ref(AccountContact), {
        description: 'The contacts of the account, in the order of their registration.',
      }),
      contract_ids: Type.Array(contractId, {
        description: 'The contracts of those contacts.',
        examples: [['C-2024-0117']],
      }),
      residual_access: Type.Array(ref(ResidualAccess), {
        description:
          'Who was behind the account and may still read it, until a new password is reported: people who left the ' +
          'shared mailbox, and those who had the account before it closed and did not come back (R21). Empty while ' +
          'the account is closed.',
      }),
      opened_at: moment('When its first contact was registered.', '2026-04-01T00:30:00.000Z'),
      in_use_since: moment(
        'Since when its present people have it (R21). People who join or leave a shared mailbox do not change this. ' +
          'Inquiries of before are of other people.',
        '2026-04-01T00:30:00.000Z',
      ),
      closed_at: nullable(
        moment(
          'When it was closed; null while it is open, and if it is closed only because its contracts have ended.',
          '2026-09-30T08:00:00.000Z',
        ),
      ),
      password_set_at: nullable(
        moment(
          'When its password was last set, as the support site reports; null before the first sign-in. It stays ' +
            'while the account is closed, for the people who come back; once others have the account, it is null.',
          '2026-04-02T01:15:00.000Z',
        ),
      ),
      mail_state: openList(MAIL_STATES, {
        description:
          'Whether mail reaches the address, as the mail gateway reports (R31): `bounced` if it came back. `unknown` ' +
          'until a report, and again when the account gets another address. Nothing is refused for it.',
        examples: ['reachable'],
      }),
      external_id: nullable(
        Type.String({
          description: "The help desk's own id of the user who has the account there; null until it is reported.",
          examples: ['361084729'],
        }),
      ),
    },
    { description: 'A support account (サポートサイトのアカウント): the sign-in identity of one email address.' },
  ),
)

export const SupportAccountPatch = component(
  'SupportAccountPatch',
  closedObject(
    {
      password_set_at: Type.Optional(
        nullable(
          Type.String({
            format: 'date-time',
            minLength: 20,
            maxLength: 41,
            pattern: PATTERNS.momentOfCentury,
            description:
              'When the password was set (RFC 3339), not in the future; null if the account no longer has a ' +
              'password. It ends the residual access of people who left before.',
            examples: ['2026-04-02T01:15:00Z'],
          }),
        ),
      ),
      mail_state: Type.Optional(
        oneOfList(MAIL_STATES, {
          description: 'Whether mail reaches the present address of the account (R31).',
          examples: ['bounced'],
        }),
      ),
      external_id: Type.Optional(
        nullable(
          externalId(
            "The help desk's own id of the user who has the account there, which no other account has (409); null if " +
              'the help desk has no such user.',
          ),
        ),
      ),
    },
    { description: 'What other systems report about an account, as JSON Merge Patch (RFC 7396).' },
  ),
)

export const SupportAccountPage = pageSchema(
  'SupportAccountPage',
  SupportAccount,
  'A page of accounts, in the order of their opening.',
)

/** The named schemas of this file. */
export const supportAccountsComponents: readonly NamedSchema[] = [
  AccountContact,
  ResidualAccess,
  SupportAccount,
  SupportAccountPatch,
  SupportAccountPage,
]
