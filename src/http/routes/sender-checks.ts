import { type Static, Type } from 'typebox'
import { senderChecks } from '#actions/check-senders.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { SenderCheckView } from '#domain/sender-check-view.ts'
import type { Client } from '#http/auth/scopes.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { momentOf } from '#http/request/moment-of.ts'
import type { TypedApp } from '#http/route-config.ts'
import { senderCheckExamples } from '#http/schemas/sender-check-examples.ts'
import { SenderCheck, SenderCheckInput, SenderCheckList } from '#http/schemas/sender-checks.ts'

const CHECK_ANSWER = Type.Unsafe<object>({
  anyOf: [ref(SenderCheck), ref(SenderCheckList)],
  description: 'One answer for `address`, a list of answers for `addresses`.',
})

export function senderCheckRoutes(app: TypedApp, context: ActionContext): void {
  checkSendersRoute(app, context)
}

function checkSendersRoute(app: TypedApp, context: ActionContext): void {
  const checkSenders = senderChecks(context)
  app.post(
    '/v1/sender-checks',
    operation({
      operationId: 'checkSenders',
      summary: 'Check whether senders are authorised',
      description:
        'Answers whether an inquiry from an address (送信者) is to be accepted (R29): whose it may be, on which contracts, and, where it is refused, why, what to send back, and with whom to confirm (R30). A refused sender is an answer, not an error, and so is text that is no address. Stores nothing and may be repeated. Refused are customers, contracts and products that the registry does not know (422 `unknown-reference`), where somebody is refused for them.',
      tag: 'Sender checks',
      scope: 'senders:check',
      optional_scopes: ['senders:hints'],
      personal: true,
      free_text: ['address', 'addresses'],
      request: { body: ref(SenderCheckInput) },
      request_examples: senderCheckExamples.input,
      answers: {
        200: {
          description: 'The check, or a list of checks in the order of `addresses`.',
          schema: CHECK_ANSWER,
          examples: senderCheckExamples.answer,
          links: {
            requestRegistration: {
              operationId: 'requestChange',
              description: 'Registers a refused sender, once staff has added what the draft lacks.',
              requestBody: '$response.body#/change_request',
            },
          },
        },
      },
      problems: ['unknown-reference', 'invalid-value'],
    }),
    async ({ body, client }) => checksAnswer(body, await checkSenders(senderQuestionOf(body, client))),
  )
}

type SenderCheckBody = Static<typeof SenderCheckInput>

/** The senders that a body asks about. Only a client with the scope of hints gets them. */
function senderQuestionOf({ address, addresses, as_of, ...narrowing }: SenderCheckBody, client: Client | null) {
  return {
    addresses: addresses ?? [address!],
    narrowing,
    as_of: as_of === undefined ? undefined : momentOf(as_of, 'as_of'),
    with_hints: client?.scopes.has('senders:hints') ?? false,
  }
}

/** One check for one address, a list of checks for several. */
function checksAnswer({ addresses }: SenderCheckBody, checks: SenderCheckView[]) {
  return addresses === undefined ? checks[0]! : { items: checks }
}
