import { Type } from 'typebox'
import { putApp } from '#actions/contracts/put-app.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findApp, listApps } from '#db/contracts/catalogue.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { pageById } from '#http/request/paging.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPage } from '#http/response/page-answer.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { App, appExamples, appId, AppInput, AppPage } from '#http/schemas/contracts/catalogue.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, ConditionalWriteHeaders } from '#http/schemas/conditional-headers.ts'

const AppPath = Type.Object({ app_id: appId })

const getsApp = {
  getApp: {
    operationId: 'getApp',
    description: 'Reads the app again.',
    parameters: { app_id: '$response.body#/app_id' },
  },
}

export function appRoutes(app: TypedApp, context: ActionContext): void {
  listAppsRoute(app, context)
  getAppRoute(app, context)
  putAppRoute(app, context)
}

function listAppsRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/apps',
    operation({
      operationId: 'listApps',
      summary: 'List the apps and options',
      description: 'Lists the apps (アプリ) and options (オプション) of the catalogue in the order of their ids.',
      tag: 'Catalogue',
      scope: 'catalogue:read',
      request: { querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of apps and options.',
          schema: ref(AppPage),
          examples: appExamples.page,
          headers: ['ETag', 'Events-Cursor', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answerPage(
        request,
        reply,
        await listApps(database, pageById(request)),
        row => row.app_id,
        row => row,
      ),
  )
}

function getAppRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/apps/:app_id',
    operation({
      operationId: 'getApp',
      summary: 'Read an app or option',
      description: 'Reads one app or option of the catalogue. 404 if the catalogue does not have this id.',
      tag: 'Catalogue',
      scope: 'catalogue:read',
      request: { params: AppPath, headers: ConditionalReadHeaders },
      answers: {
        200: { description: 'The app or option.', schema: ref(App), examples: appExamples.answer, headers: ['ETag'] },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) => answer(request, reply, orNotFound(await findApp(database, request.params.app_id), 'app')),
  )
}

const putAppOperation = operation({
  operationId: 'putApp',
  summary: 'Add or replace an app or option',
  description:
    'Adds an app or option to the catalogue (201) or replaces it (200); a repeat changes nothing. If its kind ' +
    'changes, the limits of all contracts that use it change immediately; no contact is removed (R27).',
  tag: 'Catalogue',
  scope: 'catalogue:write',
  request: { params: AppPath, headers: ConditionalWriteHeaders, body: ref(AppInput) },
  request_examples: appExamples.input,
  answers: {
    200: {
      description: 'The app or option, replaced or unchanged.',
      schema: ref(App),
      examples: appExamples.answer,
      headers: ['ETag'],
      links: getsApp,
    },
    201: {
      description: 'The app or option, new in the catalogue.',
      schema: ref(App),
      examples: appExamples.answer,
      headers: ['ETag', 'Location'],
      links: getsApp,
    },
  },
  problems: ['precondition-failed'],
})

function putAppRoute(app: TypedApp, context: ActionContext): void {
  app.put('/v1/apps/:app_id', putAppOperation, async (request, reply) =>
    answerPut(
      request,
      reply,
      await putApp(context, {
        app: { app_id: request.params.app_id, ...request.body },
        preconditions: preconditionsOf(request),
        caller: callerOf(request),
      }),
    ),
  )
}
