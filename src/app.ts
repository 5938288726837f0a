import accepts from '@fastify/accepts'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import type { DocsMode } from '#config/docs-mode.ts'
import { NETWORK_DEFAULTS, type NetworkConfig } from '#config/network-config.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { apiRoutes } from '#api-routes.ts'
import { admission, countAnonymous, requestCounters } from '#http/limits/admission.ts'
import { BODY_LIMIT } from '#http/request/body-size.ts'
import { closeWithAnswers } from '#http/limits/graceful-stop.ts'
import { limitConnections } from '#http/limits/connections.ts'
import { allowOrigins } from '#http/response/cors.ts'
import { countRequests } from '#http/limits/counted-requests.ts'
import { describeRoutes } from '#http/openapi/document.ts'
import { answerUnroutable, sendProblem } from '#http/response/error-handler.ts'
import { answerClientError, answerRawRequests } from '#http/response/raw-errors.ts'
import { readForwardedAddresses } from '#http/request/forwarded-addresses.ts'
import { assertHead } from '#http/request/request-head.ts'
import { addHeaders } from '#http/response/headers.ts'
import { shedLoad } from '#http/limits/load-shedding.ts'
import { serverOptions } from '#http/limits/server-options.ts'
import { answerUnrouted } from '#http/response/not-found.ts'
import { requestId } from '#http/request/request-id.ts'
import { logRequests } from '#http/response/request-log.ts'
import { eventRoutes } from '#http/routes/events.ts'
import { securityContactRoute } from '#http/routes/security-contact.ts'
import { serviceRoutes } from '#http/routes/service.ts'
import { COMPONENTS } from '#http/schemas/components.ts'
import { webhookEndpointRoutes } from '#http/routes/webhook-endpoints.ts'
import { PUBLIC_ONLY, type WebhookRules } from '#webhooks/webhook-targets.ts'
import type { Authenticate } from '#http/auth/client.ts'
import { securityHeaders } from '#http/response/security-headers.ts'
import { serveDocsPage } from '#http/openapi/swagger-ui.ts'
import type { TypedApp } from '#http/route-config.ts'
import { validatorCompiler } from '#http/request/validation.ts'

export type AppDependencies = {
  context: ActionContext
  authenticate: Authenticate
  logger: FastifyBaseLogger
  /** Whether requests about people are logged at every level (R31). Not the service's own, which no client sends. */
  logs_people?: boolean
  /** The environment that new API keys name. */
  key_environment?: string
  network?: NetworkConfig
  docs?: DocsMode
  /** Where webhooks may go. */
  webhooks?: WebhookRules
  /** Where to report a weakness, as a mailto: or https: URI; null where no address is set. */
  security_contact?: string | null
  /** Aborted when the service begins to stop: from then on it is not ready, and answers close their connections. */
  stopping?: AbortSignal
}

/** The whole service, ready to listen or to be called in memory: every plugin and route group in reading order. */
export async function buildApp({
  context,
  authenticate,
  logger,
  logs_people = true,
  key_environment = 'dev',
  network = NETWORK_DEFAULTS,
  docs = 'try',
  webhooks = PUBLIC_ONLY,
  security_contact = null,
  stopping = new AbortController().signal,
}: AppDependencies): Promise<TypedApp> {
  const security = securityHeaders({ with_tls: network.tls !== null })
  const app = createApp(logger, network, security)
  const counters = requestCounters(network, context.database)
  const admit = admission(authenticate, counters)
  admitConnections(app, network, stopping)
  answerRawRequests(app.server, security)
  if (network.trusted_proxies.length > 0) readForwardedAddresses(app)
  addHeaders(app, security)
  await allowOrigins(app, network.cors_origins) // before every refusal: pages of these origins read refusals too
  app.addHook('onRequest', assertHead)
  logRequests(app, logs_people)
  await shedLoad(app, network.event_loop_delay)
  countAnonymous(app, counters)
  countRequests(app, context.pace)
  answerUnrouted(app, admit)
  await app.register(accepts)
  await describeRoutes(app, COMPONENTS)
  await serveDocsPage(app, docs)
  await app.register(async scope => {
    apiRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), context, admit, counters, key_environment)
    webhookEndpointRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), context, webhooks)
    eventRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), context, stopping)
    serviceRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), context, stopping)
    securityContactRoute(scope, context, security_contact)
  })
  await app.ready()
  return app
}

function createApp(logger: FastifyBaseLogger, network: NetworkConfig, security: Record<string, string>): TypedApp {
  const app = Fastify({
    loggerInstance: logger,
    // request-log.ts writes one line for each request instead.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: requestId,
    bodyLimit: BODY_LIMIT,
    trustProxy: network.trusted_proxies.length > 0 && [...network.trusted_proxies],
    requestTimeout: network.request_timeout,
    connectionTimeout: network.answer_timeout,
    ...serverOptions(network),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 2000 },
    clientErrorHandler: answerClientError(security),
    frameworkErrors: answerUnroutable(security),
    schemaController: { compilersFactory: validatorCompiler },
    ajv: { customOptions: { keywords: ['x-extensible-enum', 'style', 'explode'] } },
  }).withTypeProvider<TypeBoxTypeProvider>()
  // Views name every field already; compiled serialisers would cost 40 MB and save nothing.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(sendProblem)
  app.decorateRequest('client', null)
  app.decorateRequest('is_disclosed', false)
  return app
}

/** Limits connections while the service runs, and closes them when it stops. */
function admitConnections(app: TypedApp, network: NetworkConfig, stopping: AbortSignal): void {
  closeWithAnswers(app.server, stopping)
  const closeWaiting = limitConnections(app.server, network)
  app.addHook('preClose', async () => {
    closeWaiting()
  })
}
