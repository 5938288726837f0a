import { Type } from 'typebox'
import { closedObject, component, nullable, omittable, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { ownId } from '#http/schemas/common.ts'
import {
  contactId,
  email,
  family_name,
  given_name,
  name_override,
  shared_mailbox,
} from '#http/schemas/rosters/contact-fields.ts'
import { NewPrimary } from '#http/schemas/rosters/contact-inputs.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { CONTACT_ID, CONTRACT_ID, SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { text } from '#http/schemas/problems/problem-parts.ts'
import { RequestedContact } from '#http/schemas/change-requests/requested-operations.ts'

const PersonFields = component(
  'PersonFields',
  nullable(
    closedObject(
      {
        family_name: Type.Optional(family_name),
        given_name: Type.Optional(given_name),
        email: Type.Optional(email),
      },
      {
        description:
          'What changes of the person on every contract. A field that is absent stays; ' +
          '`"given_name": null` removes the given name.',
        minProperties: 1,
      },
    ),
  ),
)

const PersonSuccessor = component(
  'PersonSuccessor',
  closedObject(
    {
      contract_id: contractId,
      contact_id: omittable(
        ownId('The contact of this contract who becomes the primary; or else `new_contact`.', SUCCESSOR_ID),
      ),
      new_contact: Type.Optional(ref(NewPrimary)),
    },
    {
      description:
        'Who follows the person on one contract: a contact of it who becomes the primary, or a new person who takes ' +
        'the seat and the role. Exactly one of `contact_id` and `new_contact` has to be given (else 400).',
      'x-exactly-one-of': ['contact_id', 'new_contact'],
    },
  ),
)

/** What concerns a person, however it is asked for. */
export const personChangeFields = {
  contact_id: contactId,
  changes: Type.Optional(ref(PersonFields)),
  leaves: omittable(
    Type.Unsafe<true>({ type: 'boolean', enum: [true], description: 'The person leaves every contract.' }),
  ),
  successors: omittable(
    Type.Array(ref(PersonSuccessor), {
      maxItems: 1000,
      description: 'Only with `leaves`: who follows the person. Needed where the primary leaves and others stay.',
    }),
  ),
  shared_mailbox: omittable(shared_mailbox),
  name_override: Type.Optional(name_override),
}

export const AskedPersonChange = component(
  'AskedPersonChange',
  nullable(
    closedObject(personChangeFields, {
      description:
        'A person change that a customer requests (R34), for all contracts of the person; in place of `contract_id` ' +
        'and `operations`. Exactly one of `changes` and `leaves` has to be given (else 400).',
      'x-exactly-one-of': ['changes', 'leaves'],
    }),
  ),
)

const ChangedPerson = component(
  'ChangedPerson',
  Type.Object(
    {
      family_name: Type.Optional(text('The new family name.', ['山田'])),
      given_name: Type.Optional(nullable(text('The new given name; null for none.', ['太郎']))),
      email: Type.Optional(text('The new address.', ['taro.yamada@aozora.example.co.jp'])),
    },
    { description: 'What changes of a person.' },
  ),
)

const RequestedSuccessor = component(
  'RequestedSuccessor',
  Type.Object(
    {
      contract_id: text('The contract.', [CONTRACT_ID]),
      contact_id: Type.Optional(ownId('The contact who takes over.', SUCCESSOR_ID)),
      new_contact: Type.Optional(ref(RequestedContact)),
    },
    { description: 'Who follows a person on one contract: a contact of it, or a new person.' },
  ),
)

/** The parts of a person change in answers. */
export const requestedPersonFields = {
  changes: Type.Optional(ref(ChangedPerson)),
  shared_mailbox: Type.Optional(
    Type.Boolean({ description: 'The statement that several people use the new address (R17).', examples: [true] }),
  ),
  name_override: Type.Optional(
    Type.Unsafe<{ reason: string } | null>({
      type: ['object', 'null'],
      properties: { reason: { type: 'string', description: 'How it is known.' } },
      description: "An operator's word that the name is a person's (R13).",
    }),
  ),
}

export const RequestedPersonChange = component(
  'RequestedPersonChange',
  Type.Object(
    {
      contact_id: ownId('A contact of the person.', CONTACT_ID),
      ...requestedPersonFields,
      leaves: Type.Optional(Type.Boolean({ description: 'The person leaves every contract.', examples: [true] })),
      successors: Type.Optional(Type.Array(ref(RequestedSuccessor), { description: 'Who follows the person.' })),
    },
    { description: 'A person change as it was requested (R34): either `changes`, or `leaves` with `successors`.' },
  ),
)

/** The named schemas of this file. */
export const requestedPersonChangesComponents: readonly NamedSchema[] = [
  PersonFields,
  PersonSuccessor,
  AskedPersonChange,
  ChangedPerson,
  RequestedSuccessor,
  RequestedPersonChange,
]
