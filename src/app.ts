import accepts from '@fastify/accepts'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify'
import type { ActionContext } from '#actions/action-context.ts'
import { guardRoutes } from '#http/authentication.ts'
import { documentRoutes } from '#http/document.ts'
import { answerClientError, answerRawRequests, assertHost, BODY_LIMIT, sendProblem } from '#http/errors.ts'
import { addHeaders } from '#http/headers.ts'
import { negotiateMediaTypes } from '#http/media-types.ts'
import { answerUnrouted } from '#http/not-found.ts'
import { requestId } from '#http/request-id.ts'
import { logRequests } from '#http/request-log.ts'
import { apiClientRoutes } from '#http/routes/api-clients.ts'
import { applicationFormRoutes } from '#http/routes/application-forms.ts'
import { catalogueRoutes } from '#http/routes/catalogue.ts'
import { changeRequestRoutes } from '#http/routes/change-requests.ts'
import { contactRoutes } from '#http/routes/contacts.ts'
import { contractRoutes } from '#http/routes/contracts.ts'
import { customerRoutes } from '#http/routes/customers.ts'
import { historyRoutes } from '#http/routes/history.ts'
import { noticeRecipientRoutes } from '#http/routes/notice-recipients.ts'
import { rosterRoutes } from '#http/routes/rosters.ts'
import { senderCheckRoutes } from '#http/routes/sender-checks.ts'
import { serviceRoutes } from '#http/routes/service.ts'
import { supportAccountRoutes } from '#http/routes/support-accounts.ts'
import type { Authenticate } from '#http/scopes.ts'
import { swaggerUiOptions } from '#http/swagger-ui.ts'
import type { TypedApp } from '#http/typed-app.ts'
import { readQuery, validatorCompiler } from '#http/validation.ts'

export type AppDependencies = {
  context: ActionContext
  authenticate: Authenticate
  logger: FastifyBaseLogger
  /** Of which environment the keys are that are made here. */
  key_environment?: string
  /** The proxies before the service that are believed who calls. */
  trusted_proxies?: readonly string[]
}

/** The whole service, ready to listen or to be asked in memory: every plugin and route group in reading order. */
export async function buildApp ({ context, authenticate, logger, key_environment = 'dev', trusted_proxies = [] }: AppDependencies): Promise<TypedApp> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }), // request-log.ts writes one line instead
    genReqId: requestId,
    trustProxy: trusted_proxies.length === 0 ? false : [...trusted_proxies],
    bodyLimit: BODY_LIMIT,
    requestTimeout: 30_000,
    http: { maxHeaderSize: 16 * 1024, requireHostHeader: false },
    return503OnClosing: false,
    routerOptions: { maxParamLength: 2000 },
    clientErrorHandler: answerClientError,
    frameworkErrors: sendProblem,
    schemaController: { compilersFactory: validatorCompiler },
    ajv: { customOptions: { keywords: ['x-extensible-enum'] } }
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setSerializerCompiler(() => JSON.stringify) // views name every field; compiled serialisers would cost 40 MB and win nothing
  app.decorateRequest('client', null)
  answerRawRequests(app.server)
  app.setErrorHandler(sendProblem)
  addHeaders(app)
  app.addHook('onRequest', assertHost)
  logRequests(app)
  answerUnrouted(app, authenticate)
  await app.register(accepts)
  await documentRoutes(app)
  await app.register(swaggerUi, swaggerUiOptions)

  await app.register(async scope => {
    const routes = scope.withTypeProvider<TypeBoxTypeProvider>()
    guardRoutes(routes, authenticate)
    negotiateMediaTypes(routes)
    routes.addHook('preValidation', readQuery)
    catalogueRoutes(routes, context)
    customerRoutes(routes, context)
    contractRoutes(routes, context)
    contactRoutes(routes, context)
    rosterRoutes(routes, context)
    applicationFormRoutes(routes, context)
    changeRequestRoutes(routes, context)
    historyRoutes(routes, context)
    senderCheckRoutes(routes, context)
    supportAccountRoutes(routes, context)
    noticeRecipientRoutes(routes, context)
    apiClientRoutes(routes, context, key_environment)
    serviceRoutes(routes, context)
  })
  await app.ready()
  return app
}
