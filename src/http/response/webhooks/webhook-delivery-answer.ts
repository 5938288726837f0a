import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ownEndpoint } from '#actions/support/webhooks/own-endpoint.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { listWebhookDeliveries } from '#db/webhooks/webhook-deliveries.ts'
import type { WebhookDelivery } from '#domain/webhooks/webhook-delivery.ts'
import { rightsOf } from '#http/request/caller-of.ts'
import { valueOf } from '#http/request/idempotency.ts'
import { isUuid, pageRequest } from '#http/request/paging.ts'
import { answerPage } from '#http/response/page-answer.ts'

const NEWEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Answers a page of the deliveries of an endpoint that the client sees. */
export async function answerDeliveries(context: ActionContext, request: FastifyRequest, reply: FastifyReply) {
  const { endpoint_id } = request.params as { endpoint_id: string }
  const { state } = request.query as { state?: string }
  await ownEndpoint(context, context.database, endpoint_id, rightsOf(request).authority)
  const page = pageRequest(request, NEWEST, isUuid)
  const deliveries = await listWebhookDeliveries(context.database, endpoint_id, state, page)
  return answerPage(
    request,
    reply,
    deliveries,
    ({ delivery_id }) => delivery_id,
    one => one,
  )
}

/** Answers a delivery that will be sent, and where to look how it went. */
export function acceptedDelivery(reply: FastifyReply, outcome: IdempotentOutcome<WebhookDelivery>) {
  const delivery = valueOf(reply, outcome)
  void reply.code(202).header('location', `/v1/webhook-endpoints/${delivery.endpoint_id}/deliveries`)
  return delivery
}
