import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IssuedKey } from '#actions/support/api-clients/issued-key.ts'
import type { IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { taggedPart, type ApiClientView } from '#domain/api-clients/api-client.ts'
import { answer } from '#http/request/conditions.ts'
import { valueOf } from '#http/request/idempotency.ts'

/** Answers a client. Its entity tag leaves out when its keys were last used, which changes with every use. */
export function answerApiClient(request: FastifyRequest, reply: FastifyReply, client: ApiClientView) {
  return answer(request, reply, client, taggedPart(client))
}

/** Answers a client with its new key, under the entity tag of the client. */
export function answerIssuedKey(request: FastifyRequest, reply: FastifyReply, issued: IdempotentOutcome<IssuedKey>) {
  const { client, key } = valueOf(reply, issued)
  void reply.code(201).header('location', `/v1/api-clients/${client.client_id}`)
  return answer(request, reply, { ...client, key }, taggedPart(client))
}
