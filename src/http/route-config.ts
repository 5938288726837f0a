import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { Scope } from '#domain/api-clients/scopes.ts'
import type { OperationText } from '#http/openapi/operation-text.ts'

declare module 'fastify' {
  /** Settings of a route, for the hooks that run before and after its handler. */
  interface FastifyContextConfig {
    /** The scope that the route needs; null where no credential is needed. */
    scope?: Scope | null
    /** Whether the answers are about people: then no cache may keep them. */
    personal?: boolean
    /** Whether the answer is a list of people: then it is recorded who takes it (R31). */
    discloses?: boolean
    /** The `Cache-Control` of the answers, if it differs from that of all other routes. */
    cache?: string
    /** Whether the platform asks it every few seconds: then it is not counted, and its log lines are for debugging. */
    probe?: boolean
    /** The media types of the body; empty where the route takes none. */
    consumes?: readonly string[]
    /** Character sets of the body that are taken besides UTF-8, by media type. */
    charsets?: Readonly<Record<string, readonly string[]>>
    /** The media types that the route answers in, JSON where it does not say. */
    produces?: readonly string[]
    /** Fields of the body, or lists of them, that take any text. */
    free_text?: readonly string[]
    /** The operation in the published document; absent if the route is not part of the document. */
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
