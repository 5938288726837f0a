import { Type } from 'typebox'
import { CHANGE_OPERATIONS, DUTIES, FORMER_PRIMARY_OUTCOMES, ROLES } from '#domain/vocabulary.ts'
import {
  closedObject,
  component,
  nullable,
  omittable,
  oneOfList,
  openList,
  ref,
  tag,
  taggedUnion,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { moment, ownId } from '#http/schemas/common.ts'
import { contactId, restoredRole, shared_mailbox } from '#http/schemas/rosters/contact-fields.ts'
import { ContactChanges, ListedPersonInput, successorFields } from '#http/schemas/rosters/contact-inputs.ts'
import { CONTACT_ID } from '#http/schemas/examples.ts'

const op = <const Op extends string>(value: Op) => tag(value, `What the step does: \`${value}\`.`)

const AddOperation = component(
  'AddOperation',
  closedObject({ op: op('add'), contact: ref(ListedPersonInput) }, { description: 'Registers a contact.' }),
)
const UpdateOperation = component(
  'UpdateOperation',
  closedObject(
    { op: op('update'), contact_id: contactId, changes: ref(ContactChanges) },
    { description: 'Changes a contact of the contract: a field that is omitted stays, null removes it.' },
  ),
)
const RemoveOperation = component(
  'RemoveOperation',
  closedObject({ op: op('remove'), contact_id: contactId }, { description: 'Removes a contact of the contract.' }),
)
const RestoreOperation = component(
  'RestoreOperation',
  closedObject(
    { op: op('restore'), contact_id: contactId, role: restoredRole, shared_mailbox: omittable(shared_mailbox) },
    {
      description:
        'Brings a removed contact of the contract back as it was, as `POST /v1/contacts/{contact_id}/restore` does.',
    },
  ),
)
const MakePrimaryOperation = component(
  'MakePrimaryOperation',
  closedObject(
    { op: op('make_primary'), ...successorFields },
    {
      description:
        'Makes another contact or a new person the primary (R11). Send exactly one of `contact_id` and ' +
        '`new_contact` (else 400).',
      'x-exactly-one-of': ['contact_id', 'new_contact'],
    },
  ),
)

export const ChangeOperationInput = component(
  'ChangeOperationInput',
  taggedUnion('op', [AddOperation, UpdateOperation, RemoveOperation, RestoreOperation, MakePrimaryOperation], {
    description:
      'One step of a change request; `op` says which. The steps are planned together, in their order: the rules ' +
      'apply to the roster after the last step.',
  }),
)

/** The person of a step, in answers: all fields of a new contact, the changed fields of a present one. */
export const RequestedContact = component(
  'RequestedContact',
  Type.Object(
    {
      role: Type.Optional(oneOfList(ROLES, { description: 'The requested role.', examples: ['secondary'] })),
      duties: Type.Optional(
        Type.Array(oneOfList(DUTIES, { description: 'One duty.' }), {
          description: 'The requested duties (R12).',
          examples: [['system']],
        }),
      ),
      family_name: Type.Optional(Type.String({ description: 'The family name, as requested.', examples: ['鈴木'] })),
      given_name: Type.Optional(
        nullable(Type.String({ description: 'The given name, as requested.', examples: ['三郎'] })),
      ),
      email: Type.Optional(
        Type.String({
          description: 'The email address, as requested.',
          examples: ['suzuki.saburo@aozora.example.co.jp'],
        }),
      ),
      shared_mailbox: Type.Optional(
        Type.Boolean({ description: 'Whether the request says that the mailbox is shared.', examples: [false] }),
      ),
      privacy_notice_version: Type.Optional(
        nullable(
          Type.String({ description: 'Which privacy notice the person was shown (R32).', examples: ['2025-10'] }),
        ),
      ),
      privacy_notice_shown_at: Type.Optional(
        nullable(
          moment('When the person was shown the privacy notice, if the request says so.', '2026-04-01T00:30:00.000Z'),
        ),
      ),
      name_override: Type.Optional(
        Type.Unsafe<{ reason: string } | null>({
          type: ['object', 'null'],
          properties: { reason: { type: 'string', description: 'How the operator knows it.' } },
          description: "An operator's confirmation that this is a person's name (R13).",
        }),
      ),
    },
    {
      description:
        'A person in a step of a change request: all fields of a new contact, or the changed fields of a ' +
        'registered contact.',
    },
  ),
)

export const ChangeOperation = component(
  'ChangeOperation',
  Type.Object(
    {
      op: openList(CHANGE_OPERATIONS, { description: 'What the step does.', examples: ['add'] }),
      contact_id: Type.Optional(ownId('The contact that is changed, removed, restored or made primary.', CONTACT_ID)),
      contact: Type.Optional(ref(RequestedContact)),
      changes: Type.Optional(ref(RequestedContact)),
      new_contact: Type.Optional(ref(RequestedContact)),
      role: Type.Optional(
        nullable(
          oneOfList(ROLES, {
            description: 'With `restore`: the role with which the contact comes back; null for that of before.',
            examples: ['secondary'],
          }),
        ),
      ),
      shared_mailbox: Type.Optional(
        Type.Boolean({
          description: 'With `restore`: whether the request says that the mailbox is shared.',
          examples: [false],
        }),
      ),
      former_primary: Type.Optional(
        openList(FORMER_PRIMARY_OUTCOMES, {
          description: 'With `make_primary`: what happens to the former primary.',
          examples: ['removed'],
        }),
      ),
    },
    { description: 'One step of a change request, with the defaults filled in. Which fields it has depends on `op`.' },
  ),
)

/** The named schemas of this file. */
export const requestedOperationsComponents: readonly NamedSchema[] = [
  AddOperation,
  UpdateOperation,
  RemoveOperation,
  RestoreOperation,
  MakePrimaryOperation,
  ChangeOperationInput,
  RequestedContact,
  ChangeOperation,
]
