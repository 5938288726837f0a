import { removeContact } from '#actions/rosters/remove-contact.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { updateContact } from '#actions/rosters/update-contact.ts'
import { findContact } from '#db/rosters/contacts.ts'
import { contactAnswer } from '#domain/contact.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { contactPatchOf } from '#http/request/rosters/contact-body.ts'
import { contactFilterOf } from '#http/request/rosters/contact-filter.ts'
import { askingOf, askingOfQuery } from '#http/request/asking-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { answerWithWarnings } from '#http/response/answer-with-warnings.ts'
import { answerList } from '#http/response/list-answer.ts'
import { contactList } from '#http/response/people-lists.ts'
import { noContent } from '#http/response/no-content.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalChangeHeaders, ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { SHARER_IDS } from '#http/schemas/examples.ts'
import { contactLinks, ContactPath, ContactQuery } from '#http/schemas/rosters/contact-parameters.ts'
import { REQUESTER_PROBLEMS, RequesterQuery } from '#http/schemas/change-requests/requested-by.ts'
import { ContactPatch } from '#http/schemas/rosters/contact-inputs.ts'
import { Contact, ContactPage } from '#http/schemas/rosters/contacts.ts'
import { FILES_OF_LIST, filesOf } from '#http/schemas/list-files.ts'

export function contactRoutes(app: TypedApp, context: ActionContext): void {
  listContactsRoute(app, context)
  getContactRoute(app, context)
  updateContactRoute(app, context)
  removeContactRoute(app, context)
}

const listContactsOperation = operation({
  operationId: 'listContacts',
  summary: 'List the contacts',
  description:
    'Lists the present contacts (問い合わせご担当者) of all contracts in the order of their registration. Filters are ' +
    'combined with AND; several values of one filter, separated by commas, with OR. With `updated_since`, the ' +
    'contacts that have changed since then, in the order of their changes. A person on two contracts is two ' +
    `contacts. Removed contacts are not listed. ${FILES_OF_LIST}`,
  tag: 'Contacts',
  scope: 'contacts:read',
  personal: true,
  discloses: true,
  request: { querystring: ContactQuery, headers: ConditionalReadHeaders },
  answers: {
    200: {
      description: 'A page of contacts.',
      schema: ref(ContactPage),
      examples: contactExamples.page,
      headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
      other_forms: filesOf(
        { type: 'contact', ...contactExamples.answer.primary.value },
        'contact_id,contract_id,customer_id,…\r\n',
      ),
    },
    304: NOT_MODIFIED,
  },
  problems: [],
})

function listContactsRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contacts',
    listContactsOperation,
    async (request, reply) =>
      await answerList(context, request, reply, contactList(contactFilterOf(request.query), context.clock.today())),
  )
}

function getContactRoute(app: TypedApp, { database, clock }: ActionContext): void {
  app.get(
    '/v1/contacts/:contact_id',
    operation({
      operationId: 'getContact',
      summary: 'Read a contact',
      description:
        'Reads one contact (問い合わせご担当者). A removed contact can be read too: `removed_at` says when it was removed. ' +
        '404 if the id is unknown.',
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
          links: contactLinks,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        contactAnswer(orNotFound(await findContact(database, request.params.contact_id, clock.today()), 'contact')),
      ),
  )
}

const updateContactOperation = operation({
  operationId: 'updateContact',
  summary: 'Change a contact',
  description:
    "Changes a contact's name, email address, duties or privacy notice (JSON Merge Patch, RFC 7396). The " +
    'contact keeps its seat, role and id; this works also if the contract is full or over its limit (R12, ' +
    'R27). With another email address, the contact moves to another support account (R21), under the same ' +
    'rules as at registration. A removed contact can no longer be changed (404). A change that the primary ' +
    'must confirm is refused (409 `confirmation-required`): the refusal has the change request to record ' +
    'instead (R25).',
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
      links: contactLinks,
    },
  },
  problems: [
    'not-found',
    'duplicate-contact',
    'person-elsewhere',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'invalid-value',
    'name-not-personal',
    'precondition-failed',
    ...REQUESTER_PROBLEMS,
  ],
})

function updateContactRoute(app: TypedApp, context: ActionContext): void {
  app.patch('/v1/contacts/:contact_id', updateContactOperation, async (request, reply) =>
    answerWithWarnings(
      request,
      reply,
      await updateContact(context, {
        contact_id: request.params.contact_id,
        patch: contactPatchOf(request.body),
        preconditions: preconditionsOf(request),
        asking: askingOf(request, request.body.requested_by),
        caller: callerOf(request),
      }),
    ),
  )
}

function removeContactRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/contacts/:contact_id',
    operation({
      operationId: 'removeContact',
      summary: 'Remove a contact',
      description:
        'Removes a contact (問い合わせご担当者) from its contract and frees the seat. The primary (主担当) can be removed ' +
        'only as the last contact (R10); otherwise make another contact the primary first, or in the same step ' +
        'with `PUT /v1/contracts/{contract_id}/primary`. The support account closes with its last contact; the ' +
        'account of a shared mailbox stays open, and says that the person who left may still read it (R21). The ' +
        'removed contact can still be read. A change that the primary must confirm is refused (409 ' +
        '`confirmation-required`): the refusal has the change request to record instead (R25).',
      tag: 'Contacts',
      scope: 'contacts:write',
      personal: true,
      path_examples: { contact_id: SHARER_IDS[1] }, // the primary can be removed only as the last
      request: { params: ContactPath, querystring: RequesterQuery, headers: ConditionalChangeHeaders },
      answers: { 204: { description: 'The contact is removed. No body.' } },
      problems: ['not-found', 'primary-required', 'precondition-failed', ...REQUESTER_PROBLEMS],
    }),
    async (request, reply) =>
      noContent(
        reply,
        removeContact(context, {
          contact_id: request.params.contact_id,
          preconditions: preconditionsOf(request),
          asking: askingOfQuery(request),
          caller: callerOf(request),
        }),
      ),
  )
}
