import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointWithSecret } from '#actions/webhooks/create-webhook-endpoint.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { taggedEndpoint, type WebhookEndpointView } from '#domain/webhooks/webhook-endpoint.ts'
import { answer } from '#http/request/conditions.ts'
import { valueOf } from '#http/request/idempotency.ts'

/** Answers an endpoint. Its entity tag leaves out since when it fails, which comes and goes with deliveries. */
export function answerEndpoint(request: FastifyRequest, reply: FastifyReply, endpoint: WebhookEndpointView) {
  return answer(request, reply, endpoint, taggedEndpoint(endpoint))
}

/** Answers an endpoint with its new secret, under the entity tag of the endpoint. */
export function answerSecret(
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: IdempotentOutcome<EndpointWithSecret>,
) {
  const made = valueOf(reply, outcome)
  const { secret: _secret, ...endpoint } = made
  void reply.code(201).header('location', `/v1/webhook-endpoints/${endpoint.endpoint_id}`)
  return answer(request, reply, made, taggedEndpoint(endpoint))
}
