import { listPastContractContacts } from '#actions/rosters/list-past-contract-contacts.ts'
import { registerContact } from '#actions/rosters/register-contact.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { listContacts } from '#db/rosters/contact-pages.ts'
import { findContract } from '#db/contracts/contracts.ts'
import type { Role } from '#domain/vocabulary.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { contactInputOf } from '#http/request/rosters/contact-body.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { disclosedTo, discloseAll } from '#http/request/personal-data/disclosure-of.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { FIRST_CONTACT, isContactPosition } from '#http/request/rosters/contact-filter.ts'
import { pageByUuid, pageRequest } from '#http/request/paging.ts'
import { askingOf } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { answerCreatedWithWarnings } from '#http/response/answer-with-warnings.ts'
import { answerContacts, answerPastContacts } from '#http/response/rosters/contract-contacts-answer.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { asOf, listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { contactLinks, RoleQuery } from '#http/schemas/rosters/contact-parameters.ts'
import { ContactInput } from '#http/schemas/rosters/contact-inputs.ts'
import { Contact, ContractContactPage } from '#http/schemas/rosters/contacts.ts'
import { ContractPath } from '#http/schemas/contracts/contract-parameters.ts'
import { REQUESTER_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'

export function contractContactRoutes(app: TypedApp, context: ActionContext): void {
  listContractContactsRoute(app, context)
  registerContactRoute(app, context)
}

const listContractContactsOperation = operation({
  operationId: 'listContractContacts',
  summary: 'List the contacts of a contract',
  description:
    'Lists the present contacts (問い合わせご担当者) of one contract in the order of their registration. Removed ' +
    'contacts are not listed. With `as_of`, the answer is that of a past moment (R26). 404 if there is no ' +
    'such contract.',
  tag: 'Contacts',
  scope: 'contacts:read',
  personal: true,
  discloses: true,
  request: {
    params: ContractPath,
    querystring: listQuery({ ...RoleQuery, as_of: asOf }),
    headers: ConditionalReadHeaders,
  },
  answers: {
    200: {
      description: 'A page of contacts.',
      schema: ref(ContractContactPage),
      examples: contactExamples.page,
      headers: ['ETag', 'Events-Cursor', 'Link'],
    },
    304: NOT_MODIFIED,
  },
  problems: ['not-found'],
})

function listContractContactsRoute(app: TypedApp, context: ActionContext): void {
  app.get('/v1/contracts/:contract_id/contacts', listContractContactsOperation, async (request, reply) =>
    request.query.as_of === undefined
      ? answerContacts(
          request,
          reply,
          await listContacts(
            disclosedTo(request, context),
            {
              ...(request.query.role !== undefined && { roles: [request.query.role] }),
              contract_ids: [
                orNotFound(await findContract(context.database, request.params.contract_id), 'contract').contract_id,
              ],
            },
            pageRequest(request, FIRST_CONTACT, isContactPosition),
            context.clock.today(),
          ),
          {},
        )
      : answerPastContacts(
          request,
          reply,
          await discloseAll(
            request,
            context,
            await listPastContractContacts(
              context,
              { contract_id: request.params.contract_id, as_of: momentOf(request.query.as_of, 'as_of', 'query') },
              roleOf(request),
              pageByUuid(request),
            ),
          ),
        ),
  )
}

const registerContactOperation = operation({
  operationId: 'registerContact',
  summary: 'Register a contact',
  description:
    'Registers one person (問い合わせご担当者) on a contract, within its seats (登録可能人数, R24). The first contact must ' +
    'be the `primary` (主担当, R10). The email address opens a support account, or the contact joins its present ' +
    'account. If another person of the customer uses the address, this needs `"shared_mailbox": true` (R17). ' +
    'The same person may be on several contracts of one customer and takes a seat on each (R9, R19). One ' +
    "address never serves two customers (R20). The name must be a person's: names of companies, departments, " +
    'roles and placeholders are refused (R13), unless an operator confirms the name with `name_override`. A ' +
    'doubtful name is accepted and marked, with an entry in `warnings`. A contract that has ended accepts no ' +
    'contacts; a contract that has not started yet does. With an `Idempotency-Key`, a repeat registers ' +
    'nothing twice. A change that the primary must confirm is refused (409 `confirmation-required`): the ' +
    'refusal has the change request to record instead (R25).',
  tag: 'Contacts',
  scope: 'contacts:write',
  personal: true,
  request: { params: ContractPath, headers: IdempotencyHeaders, body: ref(ContactInput) },
  request_examples: contactExamples.input,
  answers: {
    201: {
      description: 'The contact, registered.',
      schema: ref(Contact),
      examples: contactExamples.answer,
      headers: ['ETag', 'Location', 'Idempotent-Replayed'],
      links: contactLinks,
    },
  },
  problems: [
    'not-found',
    'seat-limit-reached',
    'primary-required',
    'primary-exists',
    'duplicate-contact',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'idempotency-key-in-use',
    'idempotency-key-reused',
    'invalid-value',
    'name-not-personal',
    ...REQUESTER_PROBLEMS,
  ],
})

function registerContactRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/contracts/:contract_id/contacts', registerContactOperation, async (request, reply) =>
    answerCreatedWithWarnings(
      request,
      reply,
      await registerContact(context, {
        contract_id: request.params.contract_id,
        contact: contactInputOf(request.body),
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
        key: idempotencyKeyOf(request),
      }),
      ({ contact_id }) => `/v1/contacts/${contact_id}`,
    ),
  )
}

/** The filter of a list of contacts of one contract. */
function roleOf({ query: { role } }: { query: { role?: Role } }): { role?: Role } {
  return role === undefined ? {} : { role }
}
