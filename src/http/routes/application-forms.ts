import { submitApplicationForm } from '#actions/contracts/submit-application-form.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findApplicationForm } from '#db/contracts/application-forms.ts'
import { listFormContacts } from '#db/contracts/form-facts.ts'
import { applicationFormView } from '#domain/contracts/application-form.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { applicationFormOf } from '#http/request/contracts/application-form-body.ts'
import { answer } from '#http/request/conditions.ts'
import { disclosedTo } from '#http/request/personal-data/disclosure-of.ts'
import { answerCreatedWithWarnings } from '#http/response/answer-with-warnings.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import {
  ApplicationForm,
  applicationFormExamples,
  ApplicationFormInput,
} from '#http/schemas/contracts/application-forms.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { ContractPath } from '#http/schemas/contracts/contract-parameters.ts'
import { FORM_CONTRACT_ID } from '#http/schemas/examples.ts'
import { NAMING_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'

const links = {
  getApplicationForm: {
    operationId: 'getApplicationForm',
    description: 'Reads the form again.',
    parameters: { contract_id: '$response.body#/contract_id' },
  },
  getRoster: {
    operationId: 'getRoster',
    description: "Reads the contract's roster.",
    parameters: { contract_id: '$response.body#/contract_id' },
  },
}

export function applicationFormRoutes(app: TypedApp, context: ActionContext): void {
  submitApplicationFormRoute(app, context)
  getApplicationFormRoute(app, context)
}

const submitApplicationFormOperation = operation({
  operationId: 'submitApplicationForm',
  summary: 'Register the first contacts from an application form',
  description:
    'Registers the first contacts of a contract from its application form (サービス利用申込書), all of them or none ' +
    "(R23). The form's version decides how many: 2022-09 or earlier up to the full limit, 2022-10 or later up " +
    'to the base seats (基本). The service stores its version, the day it was received and the channel. A ' +
    'contract that has had contacts accepts no form (409 `already-registered`). A refusal lists every ' +
    'problem, with pointers into the form, and registers no contact.',
  tag: 'Change requests',
  scope: 'contacts:write',
  personal: true,
  discloses: true,
  request: { params: ContractPath, headers: IdempotencyHeaders, body: ref(ApplicationFormInput) },
  request_examples: applicationFormExamples.input,
  path_examples: { contract_id: FORM_CONTRACT_ID },
  answers: {
    201: {
      description: 'The accepted form and its contacts.',
      schema: ref(ApplicationForm),
      examples: applicationFormExamples.answer,
      headers: ['ETag', 'Location', 'Idempotent-Replayed'],
      links,
    },
  },
  problems: [
    'invalid-value',
    'not-found',
    'already-registered',
    'form-limit-reached',
    'seat-limit-reached',
    'primary-required',
    'primary-exists',
    'duplicate-contact',
    'email-in-use',
    'email-taken',
    'contract-not-in-force',
    'name-not-personal',
    'idempotency-key-in-use',
    'idempotency-key-reused',
    ...NAMING_PROBLEMS,
  ],
})

function submitApplicationFormRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/contracts/:contract_id/application-form', submitApplicationFormOperation, async (request, reply) =>
    answerCreatedWithWarnings(
      request,
      reply,
      await submitApplicationForm(context, applicationFormOf(request)),
      ({ contract_id }) => `/v1/contracts/${contract_id}/application-form`,
    ),
  )
}

function getApplicationFormRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/contracts/:contract_id/application-form',
    operation({
      operationId: 'getApplicationForm',
      summary: 'Read the application form of a contract',
      description:
        'Reads the form that registered the first contacts of a contract, and those contacts as they are now. 404 ' +
        'if the contract has no form.',
      tag: 'Change requests',
      scope: 'contacts:read',
      personal: true,
      request: { params: ContractPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The form.',
          schema: ref(ApplicationForm),
          examples: applicationFormExamples.answer,
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
        applicationFormView(
          orNotFound(await findApplicationForm(context.database, request.params.contract_id), 'application_form'),
          await listFormContacts(disclosedTo(request, context), request.params.contract_id, context.clock.today()),
        ),
      ),
  )
}
