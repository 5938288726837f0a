import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { type CheckSenders, senderChecks, type SenderQuestion } from '#actions/senders/check-senders.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { CountLookups } from '#http/limits/rate-limits.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { momentOf } from '#http/request/moment-of.ts'
import type { TypedApp } from '#http/route-config.ts'
import { senderCheckExamples } from '#http/schemas/senders/sender-check-examples.ts'
import { SenderCheckBatch, SenderCheckInput } from '#http/schemas/senders/sender-check-input.ts'
import { SenderCheck, SenderCheckList } from '#http/schemas/senders/sender-checks.ts'

const OPTIONAL_SCOPES = ['senders:confirm', 'senders:hints'] as const

export function senderCheckRoutes(app: TypedApp, context: ActionContext, countDomains: CountLookups): void {
  const checkSenders = senderChecks(context)
  const rightsOf: RightsOf = ({ client }, reply) => ({
    with_primaries: client?.scopes.has('senders:confirm') ?? false,
    with_hints: client?.scopes.has('senders:hints') ?? false,
    countDomains: async domains => {
      // The root credential can read every contact anyway.
      if (client !== null && client.credential !== 'root') await countDomains(client.name, domains, reply)
    },
  })
  oneSenderRoute(app, checkSenders, rightsOf)
  batchRoute(app, checkSenders, rightsOf)
}

type RightsOf = (request: Pick<FastifyRequest, 'client'>, reply: FastifyReply) => Parameters<CheckSenders>[1]

const REQUEST_REGISTRATION = {
  operationId: 'requestChange',
  description: 'Registers a refused sender, after staff has completed the draft.',
  requestBody: '$response.body#/change_request',
}

function oneSenderRoute(app: TypedApp, checkSenders: CheckSenders, rightsOf: RightsOf): void {
  app.post(
    '/v1/sender-checks',
    operation({
      operationId: 'checkSender',
      summary: 'Check whether a sender is authorised',
      description:
        'Says whether to accept an inquiry (R29): who the sender may be, and on which contracts. For a refused ' +
        'sender it says why, what to reply, and who can confirm the sender (R30). The email address in `from` ' +
        'decides. A `From` header can be forged: the check says who is registered, not who wrote the mail. The ' +
        'mail server must check SPF, DKIM and DMARC before: send its results as `authentication`, and the answer ' +
        'says what follows from them. A refused sender is not an error, and a text that is not an address is not ' +
        'an error either: the status is 200. The check stores nothing and may be repeated. If the sender is ' +
        'refused, unknown customers, contracts and products in the request are refused too (422 ' +
        '`unknown-reference`). `confirm_with` and `change_request` require the scope `senders:confirm`, `hints` ' +
        'the scope `senders:hints`. They are limited to a number of domains per minute for each client (429, ' +
        'policy `confirmations`).',
      tag: 'Sender checks',
      scope: 'senders:check',
      optional_scopes: OPTIONAL_SCOPES,
      personal: true,
      free_text: ['from', 'reply_to', 'sender', 'return_path', 'auto_submitted'],
      request: { body: ref(SenderCheckInput) },
      request_examples: senderCheckExamples.input,
      answers: {
        200: {
          description: 'The check.',
          schema: ref(SenderCheck),
          examples: senderCheckExamples.answer,
          links: { requestRegistration: REQUEST_REGISTRATION },
        },
      },
      problems: ['unknown-reference', 'invalid-value'],
    }),
    // oxlint-disable-next-line typescript/no-non-null-assertion -- one question has one answer
    async (request, reply) => (await checkSenders([questionOf(request.body, '#')], rightsOf(request, reply)))[0]!,
  )
}

function batchRoute(app: TypedApp, checkSenders: CheckSenders, rightsOf: RightsOf): void {
  app.post(
    '/v1/sender-check-batches',
    operation({
      operationId: 'checkSenders',
      summary: 'Check whether senders are authorised',
      description:
        'Makes up to 100 checks in one request, each as `checkSender` does, and answers in the same order. An ' +
        'unknown customer, contract or product refuses the whole batch (422 `unknown-reference`), and so does a ' +
        'moment in the future (422 `invalid-value`).',
      tag: 'Sender checks',
      scope: 'senders:check',
      optional_scopes: OPTIONAL_SCOPES,
      personal: true,
      free_text: ['senders'],
      request: { body: ref(SenderCheckBatch) },
      request_examples: senderCheckExamples.batch,
      answers: {
        200: {
          description: 'The checks, in the order of `senders`.',
          schema: ref(SenderCheckList),
          examples: senderCheckExamples.list,
        },
      },
      problems: ['unknown-reference', 'invalid-value'],
    }),
    async (request, reply) => ({
      items: await checkSenders(
        request.body.senders.map((sender, index) => questionOf(sender, `#/senders/${index}`)),
        rightsOf(request, reply),
      ),
    }),
  )
}

function questionOf(input: Static<typeof SenderCheckInput>, pointer: string): SenderQuestion {
  const { customer_id, contract_id, product_id, as_of, authentication = null, ...mail } = input
  return {
    mail,
    authentication,
    narrowing: { customer_id, contract_id, product_id },
    as_of: as_of === undefined ? undefined : momentOf(as_of, `${pointer.slice(2)}${pointer === '#' ? '' : '/'}as_of`),
    pointer,
  }
}
