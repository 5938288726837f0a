import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { NDJSON_BODY, takeLines } from '#http/request/ndjson-lines.ts'
import { answerAccountDrift } from '#http/response/accounts/drift-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { driftExamples, DriftStepLines, DriftUserLines } from '#http/schemas/accounts/account-drift-reports.ts'

export function accountDriftReportRoutes(app: TypedApp, context: ActionContext): void {
  takeLines(app)
  app.post(
    '/v1/account-drift-reports',
    operation({
      operationId: 'reportAccountDrift',
      summary: 'Compare the users of the help desk with the support accounts',
      description:
        'Takes all users of the help desk, one a line (NDJSON), and answers the fewest steps that bring them in line ' +
        'with the support accounts (サポートサイトのアカウント), each with its reason. A user has the account that has its ' +
        '`external_id`; else the open one at its address, unless another customer ever had the address (R20). Steps ' +
        'come in the order of the lines, accounts without a user last. Every address is free when a step gives it; ' +
        'where users wait for each other, one first leaves its address for one of `released.invalid`. A step is done ' +
        'in the help desk; `create` and `link` also report the id of the user to its account. If all are done, the ' +
        'next report is empty. A line that is no user is answered in its place. A line that is no JSON ends the ' +
        'report with 400 and its number: the answer begins when all lines are read. `GET /v1/disclosures` shows who ' +
        'took which report (R31). The report changes nothing.',
      tag: 'Support accounts',
      scope: 'accounts:read',
      personal: true,
      discloses: true,
      consumes: NDJSON_BODY,
      request: { body: ref(DriftUserLines) },
      request_examples: driftExamples.users,
      answers: {
        200: {
          description: 'What to do, one step a line.',
          schema: ref(DriftStepLines),
          examples: driftExamples.steps,
          media_types: ['application/x-ndjson'],
        },
      },
      problems: [],
    }),
    async (request, reply) => await answerAccountDrift(context, request, reply),
  )
}
