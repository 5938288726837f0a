import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { answerPersonalData } from '#http/response/personal-data-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import {
  PersonalDataPage,
  personalDataExamples,
  PersonalDataReport,
  PersonalDataReportInput,
} from '#http/schemas/personal-data-reports.ts'

export function personalDataRoutes(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/personal-data-reports',
    operation({
      operationId: 'reportPersonalData',
      summary: 'Report all that is held of a person',
      description:
        'Reports everything that the registry holds of one person (保有個人データの開示, R33): contacts present and removed, ' +
        'accounts, change requests, history, the lists that may have held the person, and answers that are kept for ' +
        'repeats. `Accept` chooses the form: JSON, or a page to print on A4 in Japanese or English (`text/html`). ' +
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
