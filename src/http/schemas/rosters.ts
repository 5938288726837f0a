import { Type } from 'typebox'
import { closedObject, component, nullable, nullableRef, openList, ref } from '#http/openapi/component.ts'
import { notKnown, ownId } from '#http/schemas/common.ts'
import { Contact, contactExamples, contactId, contactFields, roleField } from '#http/schemas/contacts.ts'
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
import { ListedProblem, truncated } from '#http/schemas/problem.ts'
import { NameWarning, returnedWarnings, warnings } from '#http/schemas/name-warnings.ts'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'

const count = (description: string, example: number) => Type.Integer({ description, examples: [example] })

const SeatCount = component(
  'SeatCount',
  Type.Object(
    {
      limit: count(
        'How many contacts may be registered (登録可能人数). `GET /v1/contracts/{contract_id}` explains it line by line.',
        12,
      ),
      used: count('How many are registered.', 2),
      available: count('How many more may be registered.', 10),
      over: count('By how many the limit is exceeded (R27).', 0),
    },
    { description: 'The seats of a contract in four numbers.' },
  ),
)

export const Roster = component(
  'Roster',
  Type.Object(
    {
      contract_id: contractId,
      customer_id: customerId,
      seats: nullableRef(
        ref(SeatCount),
        'The seats; null only where nothing is known of the moment that was asked for.',
      ),
      contacts: Type.Array(ref(Contact), {
        description: 'Every contact of the contract, in the order of their registration.',
      }),
      not_known: notKnown,
      warnings,
    },
    {
      description:
        'The contacts (問い合わせご担当者) of one contract as one list. Its entity tag is what a new list is based on.',
    },
  ),
)

/** What the registry derives: a contact may be sent back as it was answered. */
const derived = {
  name: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'As it was answered; derived from the parts of the name.',
      examples: ['山田 太郎'],
    }),
  ),
  name_doubtful: Type.Optional(Type.Boolean({ description: 'As it was answered.', examples: [false] })),
  contract_id: Type.Optional(contractId),
  customer_id: Type.Optional(customerId),
  account_id: Type.Optional(ownId("As it was answered: the support account of the contact's address.", ACCOUNT_ID)),
  registered_at: Type.Optional(
    Type.String({
      format: 'date-time',
      maxLength: 40,
      description: 'As it was answered. RFC 3339 in UTC.',
      examples: ['2026-04-01T00:30:00.000Z'],
    }),
  ),
  removed_at: Type.Optional(
    Type.Null({ description: 'As it was answered: whoever is in the list is not removed.', examples: [null] }),
  ),
}

export const RosterContactInput = component(
  'RosterContactInput',
  closedObject(
    {
      contact_id: Type.Optional(
        ownId(
          'The contact that is there already; without it, a contact with the same name and address is taken to be the same person, and anybody else is new.',
          CONTACT_ID,
        ),
      ),
      role: Type.Optional(
        roleField('`primary` (主担当) for exactly one of the list; `secondary` (副担当) is the default.'),
      ),
      ...contactFields,
      ...derived,
      warnings: returnedWarnings,
    },
    {
      description:
        'One contact of the list, whole: what is left out gets its default. What the registry derives (`name`, `account_id`, …) may be sent back as it was answered, and is refused where it differs.',
    },
  ),
)

export const RosterInput = component(
  'RosterInput',
  closedObject(
    {
      contacts: Type.Array(ref(RosterContactInput), {
        maxItems: 1000,
        description: 'Who shall be registered on the contract: whoever is not in the list is removed.',
      }),
      confirm_removals: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: 100_000,
          description:
            'How many contacts the list removes. Needed where it is more than half of three or more; where it is given, it has to be right.',
          examples: [1],
        }),
      ),
    },
    { description: "The list of a contract's contacts as it shall be." },
  ),
)

const PlannedContact = component(
  'PlannedContact',
  Type.Object(
    {
      role: openList(ROLES, { description: 'The role that the person would have.', examples: ['secondary'] }),
      duties: Type.Array(openList(DUTIES, { description: 'One duty.' }), {
        description: 'What the person would do at the customer (R12).',
        examples: [['system']],
      }),
      family_name: Type.String({ description: 'The family name, as it would be kept.', examples: ['佐藤'] }),
      given_name: nullable(
        Type.String({ description: 'The given name; null where it is not known.', examples: ['次郎'] }),
      ),
      name: Type.String({ description: 'The whole name, derived.', examples: ['佐藤 次郎'] }),
      name_doubtful: Type.Boolean({ description: "Whether the name may not be a person's.", examples: [false] }),
      email: Type.String({
        description: 'The address, as it would be kept.',
        examples: ['support-desk@aozora.example.co.jp'],
      }),
      shared_mailbox: Type.Boolean({ description: 'Whether the mailbox is stated to be shared.', examples: [true] }),
      privacy_notice_version: Type.String({
        description: 'Which privacy notice the person was shown (R32).',
        examples: ['2025-10'],
      }),
    },
    { description: 'A contact as it would be. Its ids and times are born when the plan is applied.' },
  ),
)

const nullableText = (description: string, example: string) =>
  nullable(Type.String({ description, examples: [example] }))
const accountId = ownId('The support account.', SHARED_ACCOUNT_ID)
const address = Type.String({ description: "The account's address.", examples: ['support-desk@aozora.example.co.jp'] })

const OpenedAccount = component(
  'OpenedAccount',
  Type.Object(
    {
      email: address,
      display_name: nullableText('How the support site would show it (R18).', '佐藤 次郎'),
    },
    { description: 'An account that would open.' },
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
    { description: 'An account that would stay, and be shown under other names.' },
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
      name: Type.String({ description: 'Who leaves.', examples: ['鈴木 三郎'] }),
    },
    { description: 'Somebody who would leave a shared mailbox.' },
  ),
)

const AccountChanges = component(
  'AccountChanges',
  Type.Object(
    {
      opened: Type.Array(ref(OpenedAccount), {
        description: 'Accounts that would open, each with its first contact (R21).',
      }),
      renamed: Type.Array(ref(RenamedAccount), {
        description: 'Accounts that would be shown under other names (R18).',
      }),
      closed: Type.Array(ref(ClosedAccount), {
        description: 'Accounts that would close with their last contact (R21).',
      }),
      residual_access: Type.Array(ref(MailboxLeaver), {
        description:
          'People who would leave a shared mailbox that others go on with, and may still read it: its password should be changed (R21).',
      }),
    },
    { description: 'What a plan does to support accounts.' },
  ),
)

const ContactChange = component(
  'ContactChange',
  Type.Object(
    {
      contact_id: contactId,
      before: ref(Contact),
      after: ref(PlannedContact),
      fields: Type.Array(Type.String({ description: 'One field.', examples: ['email'] }), {
        description: 'What would differ. Empty where only the support account does.',
      }),
    },
    { description: 'A contact that would change.' },
  ),
)
const RoleChange = component(
  'RoleChange',
  Type.Object(
    {
      contact_id: nullable(ownId('Whose role; null for a newcomer.', CONTACT_ID)),
      name: Type.String({ description: 'Their name.', examples: ['佐藤 次郎'] }),
      before: nullable(openList(ROLES, { description: 'The role now; null for a newcomer.', examples: ['secondary'] })),
      after: nullable(openList(ROLES, { description: 'The role then; null for who leaves.', examples: ['primary'] })),
    },
    { description: 'A role that would go from one to another.' },
  ),
)
const SeatChange = component(
  'SeatChange',
  Type.Object(
    { before: ref(SeatCount), after: ref(SeatCount) },
    { description: 'The seats now, and as they would be.' },
  ),
)

export const RosterPlan = component(
  'RosterPlan',
  Type.Object(
    {
      contract_id: contractId,
      feasible: Type.Boolean({
        description: 'Whether it could be applied at this moment: nothing stands in the way.',
        examples: [true],
      }),
      added: Type.Array(ref(PlannedContact), { description: 'Who would be registered.' }),
      changed: Type.Array(ref(ContactChange), { description: 'Who would change, and keep the seat.' }),
      removed: Type.Array(ref(Contact), { description: 'Who would be removed, as they are now.' }),
      role_changes: Type.Array(ref(RoleChange), {
        description: "What would become of the roles; of newcomers and those who go, only the primary's.",
      }),
      accounts: ref(AccountChanges),
      seats: ref(SeatChange),
      problems: Type.Array(ref(ListedProblem), {
        description:
          'What stands in the way, the first 50 things, each with what would put it right; empty where nothing does.',
      }),
      truncated,
      warnings: Type.Array(ref(NameWarning), {
        description: 'What was noticed of the names that it would bring, and stands in the way of nothing.',
      }),
    },
    { description: "What a change of a contract's contacts would do, before anybody applies it." },
  ),
)

const [primary] = contactExamples.page.all.value.items
const shared = {
  ...primary!,
  contact_id: SHARER_IDS[0],
  account_id: SHARED_ACCOUNT_ID,
  role: 'secondary',
  duties: ['operations'],
  family_name: '佐藤',
  given_name: '次郎',
  name: '佐藤 次郎',
  email: 'support-desk@aozora.example.co.jp',
  shared_mailbox: true,
  registered_at: '2026-04-01T01:05:00.000Z',
}
const roster = {
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  seats: { limit: 12, used: 2, available: 10, over: 0 },
  contacts: [primary!, shared],
}
const planned = {
  role: 'secondary',
  duties: [],
  family_name: '鈴木',
  given_name: '三郎',
  name: '鈴木 三郎',
  name_doubtful: false,
  email: 'support-desk@aozora.example.co.jp',
  shared_mailbox: true,
  privacy_notice_version: '2025-10',
}
export const planExample = {
  contract_id: CONTRACT_ID,
  feasible: true,
  added: [planned],
  changed: [],
  removed: [],
  role_changes: [],
  accounts: {
    opened: [],
    renamed: [
      {
        account_id: SHARED_ACCOUNT_ID,
        email: 'support-desk@aozora.example.co.jp',
        before: '佐藤 次郎',
        after: '佐藤/鈴木',
      },
    ],
    closed: [],
    residual_access: [],
  },
  seats: { before: roster.seats, after: { limit: 12, used: 3, available: 9, over: 0 } },
  problems: [],
  warnings: [],
}
export const rosterExamples = {
  input: {
    primary: {
      summary: 'The primary stays, 鈴木 三郎 comes, everybody else goes',
      value: {
        contacts: [
          {
            role: 'primary',
            duties: ['system'],
            family_name: '山田',
            given_name: '太郎',
            email: 'Yamada.Taro@aozora.example.co.jp',
            privacy_notice_version: '2025-10',
          },
          {
            family_name: '鈴木',
            given_name: '三郎',
            email: 'suzuki.saburo@aozora.example.co.jp',
            privacy_notice_version: '2025-10',
          },
        ],
      },
    },
  },
  answer: { two: { summary: 'A primary and a secondary', value: roster } },
  put: {
    applied: { summary: 'The list as it is now', value: roster },
    plan: { summary: 'With dry_run=true: what it would do', value: planExample },
  },
}
