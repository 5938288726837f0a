import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Requester } from '#domain/requester.ts'

/** The service as routes see it: handlers are typed by the schemas that validate. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Who asks, for the record. */
export function requesterOf({ client, id }: Pick<FastifyRequest, 'client' | 'id'>): Requester {
  return {
    actor: client?.name ?? 'anonymous',
    request_id: id,
    ...(client?.on_behalf_of !== undefined && { on_behalf_of: client.on_behalf_of }),
  }
}
