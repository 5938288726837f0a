import { Type } from 'typebox'
import { component, type NamedSchema, openList } from '#http/schemas/named-schema.ts'
import { CONTACT_ID, CONTRACT_ID } from '#http/schemas/examples.ts'

export const text = (description: string, examples: string[] = []) =>
  Type.String({ description, ...(examples.length > 0 && { examples }) })

export const ProblemError = component(
  'ProblemError',
  Type.Object(
    {
      in: openList(['body', 'query', 'path', 'header'], {
        description: 'Which part of the request.',
        examples: ['body'],
      }),
      pointer: text('The place in that part, as a JSON Pointer (RFC 6901) in a URI fragment.', ['#/email']),
      line: Type.Optional(
        Type.Integer({ description: 'The line of a body that has one JSON value a line, counted from 1.' }),
      ),
      code: text('What is wrong there: stable, for programs.', ['invalid-address']),
      detail: text('What is wrong there. For people: the text may change.', [
        'An email address must have one "@". This text has none.',
      ]),
    },
    { description: 'One error in the request.' },
  ),
)

export const AddressHolder = component(
  'AddressHolder',
  Type.Object(
    {
      contact_id: text('The contact that has the email address.', [CONTACT_ID]),
      contract_id: text('The contract that it is registered on.', [CONTRACT_ID]),
      name: text("The person's whole name.", ['山田 太郎']),
    },
    { description: 'A contact of the same customer that has the email address.' },
  ),
)

export const PossiblySamePerson = component(
  'PossiblySamePerson',
  Type.Object(
    {
      contact_id: text('The contact that has the email address.', [CONTACT_ID]),
      contract_id: text('The contract that it is registered on.', [CONTRACT_ID]),
      family_name: text('The family name as it is registered.', ['山田']),
      given_name: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'The given name as it is registered; null if there is none.',
        examples: ['太郎'],
      }),
    },
    { description: 'A contact with the same email address that may be the same person under another spelling.' },
  ),
)

export const SuggestedName = component(
  'SuggestedName',
  Type.Object(
    {
      family_name: text('The family name.', ['山田']),
      given_name: Type.Unsafe<string | null>({
        type: ['string', 'null'],
        description: 'The given name; null if the name has none.',
        examples: ['太郎'],
      }),
    },
    { description: 'A candidate for a refused name. Only with `name-not-personal`.' },
  ),
)

export const RequesterCandidate = component(
  'RequesterCandidate',
  Type.Object(
    {
      contact_id: text('The contact.', [CONTACT_ID]),
      name: text("The person's whole name.", ['山田 太郎']),
    },
    { description: 'A contact that the requester may be (R25).' },
  ),
)

export const UnknownReference = component(
  'UnknownReference',
  Type.Object(
    {
      in: Type.Optional(
        openList(['query'], {
          description: 'Which part of the request, if it is not the body.',
          examples: ['query'],
        }),
      ),
      pointer: text('The place in the request, as a JSON Pointer (RFC 6901) in a URI fragment.', ['#/app_ids/0']),
      resource: openList(['app', 'contact', 'contract', 'customer', 'product'], {
        description: 'The kind of resource.',
        examples: ['app'],
      }),
      id: Type.Optional(text('The id that is unknown.', ['payroll'])),
    },
    { description: 'An id in the request that is not registered.' },
  ),
)

/** The named schemas of this file. */
export const problemPartsComponents: readonly NamedSchema[] = [
  ProblemError,
  AddressHolder,
  PossiblySamePerson,
  SuggestedName,
  RequesterCandidate,
  UnknownReference,
]
