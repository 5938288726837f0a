import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answerRegistrationSheet } from '#http/response/contracts/registration-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import {
  registrationExamples,
  RegistrationPage,
  RegistrationQuery,
  RegistrationSheet,
  RegistrationTable,
} from '#http/schemas/contracts/registration-sheets.ts'

const CustomerPath = Type.Object({ customer_id: customerId })

export function registrationSheetRoutes(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/customers/:customer_id/registration',
    operation({
      operationId: 'getRegistrationSheet',
      summary: 'Read the registration sheet of a customer',
      description:
        'Reads what is registered of a whole customer (現在のご登録状況): every contract with its seats, and its ' +
        'contacts with the primary (主担当) first (R26). `Accept` chooses the form: JSON, CSV, or a page to print on ' +
        'A4 in Japanese or English (`text/html`). With `as_of`, the sheet of a past moment; products then have the ' +
        'names that they have now. Every sheet names its purpose (R32), and `GET /v1/disclosures` shows who took ' +
        'which.',
      tag: 'Customers',
      scope: 'contacts:read',
      personal: true,
      discloses: true,
      request: { params: CustomerPath, querystring: RegistrationQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The sheet.',
          schema: ref(RegistrationSheet),
          examples: registrationExamples.sheet,
          headers: ['Content-Disposition', 'ETag'],
          other_forms: {
            'text/csv': { schema: ref(RegistrationTable), examples: registrationExamples.table },
            'text/html': { schema: ref(RegistrationPage), examples: registrationExamples.page },
          },
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found', 'invalid-value'],
    }),
    async (request, reply) => await answerRegistrationSheet(context, request, reply),
  )
}
