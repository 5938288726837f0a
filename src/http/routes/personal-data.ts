import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { erasureOf } from '#http/request/personal-data/erasure-of.ts'
import { idempotencyKeyOf, valueOf } from '#http/request/idempotency.ts'
import { answerPersonalData } from '#http/response/personal-data/personal-data-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import {
  erasureExamples,
  PersonalDataErasure,
  PersonalDataErasureInput,
} from '#http/schemas/personal-data/personal-data-erasures.ts'
import {
  PersonalDataPage,
  personalDataExamples,
  PersonalDataReport,
  PersonalDataReportInput,
} from '#http/schemas/personal-data/personal-data-reports.ts'

export function personalDataRoutes(app: TypedApp, context: ActionContext): void {
  reportPersonalDataRoute(app, context)
  erasePersonalDataRoute(app, context)
}

function erasePersonalDataRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/personal-data-erasures',
    operation({
      operationId: 'erasePersonalData',
      summary: 'Erase people',
      description:
        'Erases people who are no contacts any more (個人情報の消去, R33): their names and addresses leave contacts, ' +
        'accounts, change requests, history, imports and kept answers. Ids and times stay, and a keyed hash of the ' +
        'address. ' +
        'Open change requests about them are withdrawn. All contacts of a person at the customer are erased ' +
        'together; while one of them is registered, 409 `still-registered`. A person who never was a contact is ' +
        'erased by `email`. It cannot be undone. A repeat answers the same. Backups hold the data until they expire.',
      tag: 'Personal data',
      scope: 'personal_data:manage',
      personal: true,
      request: { headers: IdempotencyHeaders, body: ref(PersonalDataErasureInput) },
      request_examples: erasureExamples.input,
      answers: {
        200: {
          description: 'What was erased.',
          schema: ref(PersonalDataErasure),
          examples: erasureExamples.answer,
          headers: ['Idempotent-Replayed'],
        },
      },
      problems: ['not-found', 'invalid-value', 'still-registered', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      valueOf(
        reply,
        await erasureOf(context, request.body, { caller: callerOf(request), key: idempotencyKeyOf(request) }),
      ),
  )
}

function reportPersonalDataRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/personal-data-reports',
    operation({
      operationId: 'reportPersonalData',
      summary: 'Report all that is held of a person',
      description:
        'Reports everything that the registry holds of one person (保有個人データの開示, R33): contacts present and removed, ' +
        'accounts, change requests, history, the lists that may have held the person, webhooks, rows of received ' +
        'files, and answers that are kept for repeats. `Accept` chooses the form: JSON, or a page ' +
        'to print on A4 in Japanese or English (`text/html`). ' +
        'The report can be handed to the person: what concerns others is left out. An address that several people ' +
        'have or had is refused: name the contact by its id. A person of whom nothing is held gets 404. The report ' +
        'is recorded as a disclosure (R31).',
      tag: 'Personal data',
      scope: 'personal_data:manage',
      personal: true,
      discloses: true,
      request: { body: ref(PersonalDataReportInput), querystring: Type.Object({}, { additionalProperties: false }) },
      request_examples: personalDataExamples.input,
      answers: {
        200: {
          description: 'The report.',
          schema: ref(PersonalDataReport),
          examples: personalDataExamples.report,
          other_forms: { 'text/html': { schema: ref(PersonalDataPage), examples: personalDataExamples.page } },
        },
      },
      problems: ['not-found', 'invalid-value'],
    }),
    async (request, reply) => await answerPersonalData(context, request, reply),
  )
}
