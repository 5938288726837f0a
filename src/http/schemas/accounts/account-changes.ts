import { Type } from 'typebox'
import { component, nullable, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { SHARED_ACCOUNT_ID } from '#http/schemas/examples.ts'

const nullableText = (description: string, example: string) =>
  nullable(Type.String({ description, examples: [example] }))

const accountId = ownId('The support account.', SHARED_ACCOUNT_ID)

const address = Type.String({ description: "The account's address.", examples: ['support-desk@aozora.example.co.jp'] })

const OpenedAccount = component(
  'OpenedAccount',
  Type.Object(
    {
      account_id: nullable(
        ownId(
          'The account, where the customer had it before at this address; null where it is new.',
          SHARED_ACCOUNT_ID,
        ),
      ),
      email: address,
      display_name: nullableText('How the support site would show it (R18).', '佐藤 次郎'),
    },
    { description: 'An account that would open, or open again.' },
  ),
)

const RenamedAccount = component(
  'RenamedAccount',
  Type.Object(
    {
      account_id: accountId,
      email: address,
      before: nullableText('How it is shown now (R18).', '佐藤/鈴木'),
      after: nullableText('How it would be shown.', '佐藤 次郎'),
    },
    { description: 'An account that would stay, but with another display name.' },
  ),
)

const RekeyedAccount = component(
  'RekeyedAccount',
  Type.Object(
    {
      account_id: accountId,
      before: Type.String({ description: 'Its address now.', examples: ['sato@aozora.example.co.jp'] }),
      after: Type.String({ description: 'The address that it would have.', examples: ['j.sato@aozora.example.co.jp'] }),
    },
    { description: 'An account that would go to another address with the person who alone uses it.' },
  ),
)

const ClosedAccount = component(
  'ClosedAccount',
  Type.Object(
    {
      account_id: accountId,
      email: address,
      display_name: nullableText('How it is shown now.', '佐藤 次郎'),
    },
    { description: 'An account that would close.' },
  ),
)

const MailboxLeaver = component(
  'MailboxLeaver',
  Type.Object(
    {
      account_id: accountId,
      contact_id: contactId,
      name: Type.String({ description: "The person's name.", examples: ['鈴木 三郎'] }),
    },
    { description: 'A person who would no longer be behind an account, and may still read its mailbox.' },
  ),
)

export const AccountChanges = component(
  'AccountChanges',
  Type.Object(
    {
      opened: Type.Array(ref(OpenedAccount), {
        description: 'Accounts that would open, each with its first contact, or open again (R21).',
      }),
      renamed: Type.Array(ref(RenamedAccount), {
        description: 'Accounts whose display name would change (R18).',
      }),
      rekeyed: Type.Array(ref(RekeyedAccount), {
        description: 'Accounts that would get another address, with their password and their inquiries (R21).',
      }),
      closed: Type.Array(ref(ClosedAccount), {
        description: 'Accounts that would close with their last contact (R21).',
      }),
      residual_access: Type.Array(ref(MailboxLeaver), {
        description:
          'People who would no longer be behind an account that is open afterwards, and may still read its mailbox: ' +
          'its password should be changed (R21).',
      }),
    },
    { description: 'How a plan would change support accounts.' },
  ),
)

/** The named schemas of this file. */
export const accountChangesComponents: readonly NamedSchema[] = [
  OpenedAccount,
  RenamedAccount,
  RekeyedAccount,
  ClosedAccount,
  MailboxLeaver,
  AccountChanges,
]
