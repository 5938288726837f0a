import { Type } from 'typebox'
import { DUTIES, ROLES } from '#domain/vocabulary.ts'
import { component, nullable, oneOfList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { AccountChanges } from '#http/schemas/accounts/account-changes.ts'
import { moment, ownId } from '#http/schemas/common.ts'
import { contactId } from '#http/schemas/rosters/contact-fields.ts'
import { Contact } from '#http/schemas/rosters/contacts.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'
import { ContactWarning } from '#http/schemas/rosters/contact-warnings.ts'
import { truncated } from '#http/schemas/problems/problem-facts.ts'
import { ListedProblem } from '#http/schemas/problems/problem.ts'

const count = (description: string, example: number) => Type.Integer({ description, examples: [example] })

export const SeatCount = component(
  'SeatCount',
  Type.Object(
    {
      limit: count(
        'How many contacts may be registered (登録可能人数). `GET /v1/contracts/{contract_id}` explains it line ' +
          'by line.',
        12,
      ),
      used: count('How many are registered.', 2),
      available: count('How many more may be registered.', 10),
      over: count('By how many the limit is exceeded (R27).', 0),
    },
    { description: 'The seats of a contract in four numbers.' },
  ),
)

const PlannedContact = component(
  'PlannedContact',
  Type.Object(
    {
      role: oneOfList(ROLES, { description: 'The role that the person would have.', examples: ['secondary'] }),
      duties: Type.Array(oneOfList(DUTIES, { description: 'One duty.' }), {
        description: 'What the person would do at the customer (R12).',
        examples: [['system']],
      }),
      family_name: Type.String({ description: 'The family name, as it would be stored.', examples: ['佐藤'] }),
      given_name: nullable(
        Type.String({ description: 'The given name; null if it is not known.', examples: ['次郎'] }),
      ),
      name: Type.String({ description: 'The whole name, derived.', examples: ['佐藤 次郎'] }),
      name_doubtful: Type.Boolean({ description: "Whether the name may not be a person's.", examples: [false] }),
      email: Type.String({
        description: 'The email address, as it would be stored.',
        examples: ['support-desk@aozora.example.co.jp'],
      }),
      mailbox_shared: Type.Boolean({
        description: 'Whether several people would use the address.',
        examples: [true],
      }),
      privacy_notice_version: nullable(
        Type.String({ description: 'Which privacy notice the person was shown (R32).', examples: ['2025-10'] }),
      ),
      privacy_notice_shown_at: nullable(
        moment(
          'When the person was shown the privacy notice; null if it would be the moment of registration.',
          '2026-04-01T00:30:00.000Z',
        ),
      ),
    },
    { description: 'A contact as it would be after the change. Its ids and times are set when the plan is applied.' },
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
        description: 'The fields that would change; empty if only the support account would change.',
      }),
    },
    { description: 'A contact that would change.' },
  ),
)

const RoleChange = component(
  'RoleChange',
  Type.Object(
    {
      contact_id: nullable(ownId('The contact; null for a new contact.', CONTACT_ID)),
      name: Type.String({ description: 'Their name.', examples: ['佐藤 次郎'] }),
      before: nullable(
        oneOfList(ROLES, { description: 'The present role; null for a new contact.', examples: ['secondary'] }),
      ),
      after: nullable(
        oneOfList(ROLES, {
          description: 'The role after the change; null for a contact that is removed.',
          examples: ['primary'],
        }),
      ),
    },
    { description: 'A change of a role.' },
  ),
)

const SeatChange = component(
  'SeatChange',
  Type.Object(
    { before: ref(SeatCount), after: ref(SeatCount) },
    { description: 'The seats now and after the change.' },
  ),
)

export const RosterPlan = component(
  'RosterPlan',
  Type.Object(
    {
      contract_id: contractId,
      feasible: Type.Boolean({
        description: 'Whether the change could be applied now.',
        examples: [true],
      }),
      added: Type.Array(ref(PlannedContact), { description: 'The contacts that would be registered.' }),
      changed: Type.Array(ref(ContactChange), { description: 'The contacts that would be changed.' }),
      removed: Type.Array(ref(Contact), { description: 'The contacts that would be removed, as they are now.' }),
      role_changes: Type.Array(ref(RoleChange), {
        description:
          'The roles that would change. For new and removed contacts, only the role of the primary is listed.',
      }),
      accounts: ref(AccountChanges),
      seats: ref(SeatChange),
      problems: Type.Array(ref(ListedProblem), {
        description:
          'The problems that prevent the change, at most 50, each with its remedy; empty if nothing prevents it.',
      }),
      truncated,
      warnings: Type.Array(ref(ContactWarning), {
        description: 'Warnings about the names in the change. They do not prevent it.',
      }),
    },
    { description: "The effect of a change of a contract's contacts, before it is applied." },
  ),
)

/** The named schemas of this file. */
export const rosterPlansComponents: readonly NamedSchema[] = [
  SeatCount,
  PlannedContact,
  ContactChange,
  RoleChange,
  SeatChange,
  RosterPlan,
]
