import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Scope } from '#domain/scopes.ts'
import type { OperationText } from '#http/openapi/operation-text.ts'

declare module 'fastify' {
  /** What a route says to the hooks that run before and after its handler. */
  interface FastifyContextConfig {
    /** The scope that the route needs; null where no credential is needed. */
    scope?: Scope | null
    /** Whether the answers are about people: then no cache may keep them. */
    personal?: boolean
    /** What caches may do with the answers, where it is not the rule of all other routes. */
    cache?: string
    /** Whether the platform asks it every few seconds: then it is not counted, and its log lines are for debugging. */
    probe?: boolean
    /** The media types of the body; empty where the route takes none. */
    consumes?: readonly string[]
    /** The media types that the route answers in, JSON where it does not say. */
    produces?: readonly string[]
    /** Fields of the body, or lists of them, that take any text. */
    free_text?: readonly string[]
    /** What the published document says of the route; absent where the route is no part of the document. */
    documented?: OperationText
  }
}

/** The service as routes see it: handlers are typed by the schemas that validate. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>
