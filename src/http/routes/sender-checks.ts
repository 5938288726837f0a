import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { type CheckSenders, senderChecks, type SenderQuestion } from '#actions/check-senders.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { CountLookups } from '#http/limits/rate-limits.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { momentOf } from '#http/request/moment-of.ts'
import type { TypedApp } from '#http/route-config.ts'
import { senderCheckExamples } from '#http/schemas/sender-check-examples.ts'
import { SenderCheckBatch, SenderCheckInput } from '#http/schemas/sender-check-input.ts'
import { SenderCheck, SenderCheckList } from '#http/schemas/sender-checks.ts'

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
  description: 'Registers a refused sender, once staff has added what the draft lacks.',
  requestBody: '$response.body#/change_request',
}

function oneSenderRoute(app: TypedApp, checkSenders: CheckSenders, rightsOf: RightsOf): void {
  app.post(
    '/v1/sender-checks',
    operation({
      operationId: 'checkSender',
      summary: 'Check whether a sender is authorised',
      description:
        'Answers whether an inquiry is to be accepted (R29): whose it may be, on which contracts, and, where it is ' +
        'refused, why, what to send back, and with whom to confirm (R30). The address in `from` decides. A `From` ' +
        'header can be forged: this answers who is registered, not who wrote. The mail server checks SPF, DKIM and ' +
        'DMARC before; `authentication` carries what it found, and the answer repeats it with what follows. A ' +
        'refused sender is an answer, not an error, and so is text that is no address. Stores nothing and may be ' +
        'repeated. Customers, contracts and products that the registry does not hold are refused (422 ' +
        '`unknown-reference`) where the sender is refused for them. `confirm_with` and `change_request` need the ' +
        'scope `senders:confirm`, `hints` the scope `senders:hints`. Each client gets them for a limited number of ' +
        'domains a minute (429, the policy `confirmations`); other checks are not counted there.',
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
        'Answers up to 100 checks at once, each as `checkSender` answers it, in their order. A customer, contract or ' +
        'product that the registry does not hold refuses the whole batch (422 `unknown-reference`), and so does a ' +
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
