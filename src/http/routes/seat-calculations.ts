import { calculatePlannedSeats } from '#actions/contracts/calculate-planned-seats.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import type { TypedApp } from '#http/route-config.ts'
import { SeatCalculation, seatCalculationExamples, SeatCalculationInput } from '#http/schemas/contracts/seats.ts'

export function seatCalculationRoutes(app: TypedApp, context: ActionContext): void {
  calculateSeatsRoute(app, context)
}

function calculateSeatsRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/seat-calculations',
    operation({
      operationId: 'calculateSeats',
      summary: 'Calculate the seats of a planned contract',
      description:
        'Calculates how many contacts a planned contract could register (登録可能人数), line by line (R1–R7). It stores ' +
        'nothing. An app, option or product that the catalogue does not know is refused (422 `unknown-reference`, ' +
        'which lists it; R9).',
      tag: 'Contracts',
      scope: 'contracts:read',
      request: { body: ref(SeatCalculationInput) },
      request_examples: seatCalculationExamples.input,
      answers: {
        200: {
          description: 'The seats and why they are what they are.',
          schema: ref(SeatCalculation),
          examples: seatCalculationExamples.answer,
        },
      },
      problems: ['unknown-reference'],
    }),
    async ({ body }) =>
      await calculatePlannedSeats(context, {
        ...body,
        app_ids: body.app_ids ?? [],
        connections: body.connections ?? 0,
      }),
  )
}
