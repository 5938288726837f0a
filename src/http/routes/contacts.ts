import { Type } from 'typebox'
import { handOverPrimary } from '#actions/hand-over-primary.ts'
import { listPastContractContacts } from '#actions/list-past-contract-contacts.ts'
import { registerContact } from '#actions/register-contact.ts'
import { removeContact } from '#actions/remove-contact.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { updateContact } from '#actions/update-contact.ts'
import { findContact, listContacts } from '#db/contacts.ts'
import { findContract } from '#db/contracts.ts'
import { contactView } from '#domain/contact.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { ROLES } from '#domain/vocabulary.ts'
import { oneOfList, ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { contactInputOf, contactPatchOf, successorOf } from '#http/request/contact-body.ts'
import { idempotencyKeyOf, valueOf } from '#http/request/idempotency.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { isUuid, pageOf, pageRequest, unknownPage } from '#http/request/paging.ts'
import { requesterOf } from '#http/request/requester-of.ts'
import { answerWithWarnings } from '#http/response/answer-with-warnings.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { asOf, filterId, listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import {
  ConditionalChangeHeaders,
  ConditionalReadHeaders,
  IdempotencyHeaders,
  RosterConditionHeaders,
} from '#http/schemas/conditional-headers.ts'
import { contactExamples } from '#http/schemas/contact-examples.ts'
import { contactId } from '#http/schemas/contact-fields.ts'
import {
  Contact,
  ContactInput,
  ContactPage,
  ContactPatch,
  ContractContactPage,
  PrimaryInput,
} from '#http/schemas/contacts.ts'
import { contractId } from '#http/schemas/contracts.ts'

const ContractPath = Type.Object({ contract_id: contractId })
const ContactPath = Type.Object({ contact_id: contactId })
const RoleQuery = { role: Type.Optional(oneOfList(ROLES, { description: 'Only contacts with this role.' })) }
const ContactQuery = listQuery({
  customer_id: Type.Optional(filterId('Only the contacts of this customer.')),
  contract_id: Type.Optional(filterId('Only the contacts of this contract.')),
  ...RoleQuery,
  name_doubtful: Type.Optional(
    Type.Boolean({ description: "Only contacts whose name may be no person's (`true`), or only the others (R13)." }),
  ),
})

const links = {
  getContact: {
    operationId: 'getContact',
    description: 'Reads the contact again.',
    parameters: { contact_id: '$response.body#/contact_id' },
  },
  getContract: {
    operationId: 'getContract',
    description: 'Reads its contract, with the seats.',
    parameters: { contract_id: '$response.body#/contract_id' },
  },
  getSupportAccount: {
    operationId: 'getSupportAccount',
    description: 'Reads its support account.',
    parameters: { account_id: '$response.body#/account_id' },
  },
}

export function contactRoutes(app: TypedApp, context: ActionContext): void {
  const { database } = context

  app.get(
    '/v1/contracts/:contract_id/contacts',
    operation({
      operationId: 'listContractContacts',
      summary: 'List the contacts of a contract',
      description:
        'Lists the present contacts (問い合わせご担当者) of one contract in the order of their registration. Removed contacts are not listed. With `as_of`, the contacts of a past moment, as they were answered then (R26). 404 where there is no such contract.',
      tag: 'Contacts',
      scope: 'contacts:read',
      personal: true,
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
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) => {
      const {
        params: { contract_id },
        query: { as_of, ...filter },
      } = request
      const page = pageRequest(request, FIRST_UUID, isUuid)
      if (as_of === undefined) {
        const { contract_id: known } = orNotFound(await findContract(database, contract_id), 'contract')
        return answer(
          request,
          reply,
          pageOf(
            request,
            reply,
            await listContacts(database, { ...filter, contract_id: known }, page),
            contact => contact.contact_id,
            contactView,
          ),
        )
      }
      const contacts = await listPastContractContacts(
        context,
        { contract_id, as_of: momentOf(as_of, 'as_of', 'query') },
        filter,
        page,
      )
      return answer(
        request,
        reply,
        typeof contacts === 'string'
          ? unknownPage(contacts)
          : pageOf(
              request,
              reply,
              contacts,
              contact => contact.contact_id,
              contact => contact,
            ),
      )
    },
  )

  app.post(
    '/v1/contracts/:contract_id/contacts',
    operation({
      operationId: 'registerContact',
      summary: 'Register a contact',
      description:
        'Registers one person (問い合わせご担当者) on a contract, within its seats (登録可能人数, R24). The first contact has to be the `primary` (主担当, R10). The address opens a support account, or joins the one that it has: where another person of the customer uses it, only with `"shared_mailbox": true` (R17). The same person may stand on several contracts of one customer and takes a seat on each (R9, R19). One address never serves two customers (R20). The name has to be a person\'s: companies, departments, roles and placeholders are refused (R13), unless an operator vouches for the name with `name_override`; a name that only may be one is taken, marked as doubtful and said so in `warnings`. Not possible on a contract that has ended; possible on one that is yet to start. With an `Idempotency-Key`, a repeat registers nothing twice.',
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
          links,
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
        'name-not-personal',
      ],
    }),
    async (request, reply) => {
      const registered = valueOf(
        reply,
        await registerContact(context, {
          contract_id: request.params.contract_id,
          contact: contactInputOf(request.body),
          requester: requesterOf(request),
          key: idempotencyKeyOf(request),
        }),
      )
      return answerWithWarnings(
        request,
        reply.code(201).header('location', `/v1/contacts/${registered.contact_id}`),
        registered,
      )
    },
  )

  app.put(
    '/v1/contracts/:contract_id/primary',
    operation({
      operationId: 'handOverPrimary',
      summary: 'Hand over the primary role',
      description:
        'Makes another contact the primary (主担当), or registers somebody new as the primary, in one atomic step (R11): there is never a moment without a primary, or with two. The former primary stays as a secondary, or is removed in the same step with `"former_primary": "removed"`; so somebody can be replaced also when every seat is taken. Answers with the contact that is the primary now. `If-Match` takes the `ETag` of the roster (`GET /v1/contracts/{contract_id}/roster`).',
      tag: 'Contacts',
      scope: 'contacts:write',
      personal: true,
      request: { params: ContractPath, headers: RosterConditionHeaders, body: ref(PrimaryInput) },
      request_examples: contactExamples.hand_over,
      answers: {
        200: {
          description: 'The contact that is the primary now.',
          schema: ref(Contact),
          examples: contactExamples.handed_over,
          headers: ['ETag'],
          links,
        },
      },
      problems: [
        'not-found',
        'seat-limit-reached',
        'duplicate-contact',
        'email-in-use',
        'email-taken',
        'contract-not-in-force',
        'unknown-reference',
        'name-not-personal',
        'precondition-failed',
      ],
    }),
    async (request, reply) =>
      answerWithWarnings(
        request,
        reply,
        await handOverPrimary(context, {
          contract_id: request.params.contract_id,
          successor: successorOf(request.body),
          former_primary: request.body.former_primary ?? 'secondary',
          preconditions: preconditionsOf(request),
          requester: requesterOf(request),
        }),
      ),
  )

  app.get(
    '/v1/contacts',
    operation({
      operationId: 'listContacts',
      summary: 'List the contacts',
      description:
        'Lists the present contacts (問い合わせご担当者) of all contracts in the order of their registration. Filters narrow together. A person on two contracts is two contacts. Removed contacts are not listed.',
      tag: 'Contacts',
      scope: 'contacts:read',
      personal: true,
      request: { querystring: ContactQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of contacts.',
          schema: ref(ContactPage),
          examples: contactExamples.page,
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        pageOf(
          request,
          reply,
          await listContacts(database, request.query, pageRequest(request, FIRST_UUID, isUuid)),
          contact => contact.contact_id,
          contactView,
        ),
      ),
  )

  app.get(
    '/v1/contacts/:contact_id',
    operation({
      operationId: 'getContact',
      summary: 'Read a contact',
      description:
        'Reads one contact (問い合わせご担当者), also one that was removed: `removed_at` says when. 404 where there never was one under this id.',
      tag: 'Contacts',
      scope: 'contacts:read',
      personal: true,
      request: { params: ContactPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The contact.',
          schema: ref(Contact),
          examples: contactExamples.answer,
          headers: ['ETag'],
          links,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        contactView(orNotFound(await findContact(database, request.params.contact_id), 'contact')),
      ),
  )

  app.patch(
    '/v1/contacts/:contact_id',
    operation({
      operationId: 'updateContact',
      summary: 'Change a contact',
      description:
        "Changes a contact's name, address, duties or privacy notice (JSON Merge Patch, RFC 7396); it keeps its seat, role and id, also when the contract is full or over its limit (R12, R27). With another address it leaves one support account and enters another (R21), under the same rules as at registration. A contact that was removed can no longer be changed (404).",
      tag: 'Contacts',
      scope: 'contacts:write',
      personal: true,
      consumes: MERGE_PATCH_BODY,
      request: { params: ContactPath, headers: ConditionalChangeHeaders, body: ref(ContactPatch) },
      request_examples: contactExamples.patch,
      answers: {
        200: {
          description: 'The contact as it is now.',
          schema: ref(Contact),
          examples: contactExamples.changed,
          headers: ['ETag'],
          links,
        },
      },
      problems: [
        'not-found',
        'duplicate-contact',
        'email-in-use',
        'email-taken',
        'contract-not-in-force',
        'name-not-personal',
        'precondition-failed',
      ],
    }),
    async (request, reply) =>
      answerWithWarnings(
        request,
        reply,
        await updateContact(context, {
          contact_id: request.params.contact_id,
          patch: contactPatchOf(request.body),
          preconditions: preconditionsOf(request),
          requester: requesterOf(request),
        }),
      ),
  )

  app.delete(
    '/v1/contacts/:contact_id',
    operation({
      operationId: 'removeContact',
      summary: 'Remove a contact',
      description:
        'Removes a contact (問い合わせご担当者) from its contract and frees the seat. The primary (主担当) can be removed only as the last contact (R10); otherwise hand the role over first, or in the same step with `PUT /v1/contracts/{contract_id}/primary`. The support account closes with its last contact; a shared one stays, and says that the person who left may still read it (R21). The record of the contact stays readable.',
      tag: 'Contacts',
      scope: 'contacts:write',
      personal: true,
      request: { params: ContactPath, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The contact is removed. No body.' } },
      problems: ['not-found', 'primary-required', 'precondition-failed'],
    }),
    async (request, reply) => {
      await removeContact(context, {
        contact_id: request.params.contact_id,
        preconditions: preconditionsOf(request),
        requester: requesterOf(request),
      })
      return reply.code(204).send()
    },
  )
}
