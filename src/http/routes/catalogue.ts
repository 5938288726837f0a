import { Type } from 'typebox'
import { putApp } from '#actions/put-app.ts'
import { putProduct } from '#actions/put-product.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findApp, findProduct, listApps, listProducts } from '#db/catalogue.ts'
import { ref } from '#http/openapi/component.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { isText, pageOf, pageRequest } from '#http/request/paging.ts'
import { requesterOf } from '#http/request/requester-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import {
  App,
  appExamples,
  appId,
  AppInput,
  AppPage,
  Product,
  productExamples,
  productId,
  ProductInput,
  ProductPage,
} from '#http/schemas/catalogue.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, ConditionalWriteHeaders } from '#http/schemas/conditional-headers.ts'

const ProductPath = Type.Object({ product_id: productId })
const AppPath = Type.Object({ app_id: appId })

const getsProduct = {
  getProduct: {
    operationId: 'getProduct',
    description: 'Reads the product again.',
    parameters: { product_id: '$response.body#/product_id' },
  },
}
const getsApp = {
  getApp: {
    operationId: 'getApp',
    description: 'Reads the app again.',
    parameters: { app_id: '$response.body#/app_id' },
  },
}

export function catalogueRoutes(app: TypedApp, context: ActionContext): void {
  const { database } = context

  app.get(
    '/v1/products',
    operation({
      operationId: 'listProducts',
      summary: 'List the products',
      description:
        'Lists the products (製品) of the catalogue in the order of their ids, with what their seats are counted from.',
      tag: 'Catalogue',
      scope: 'catalogue:read',
      request: { querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of products.',
          schema: ref(ProductPage),
          examples: productExamples.page,
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        pageOf(
          request,
          reply,
          await listProducts(database, pageRequest(request, '', isText)),
          product => product.product_id,
          product => product,
        ),
      ),
  )

  app.get(
    '/v1/products/:product_id',
    operation({
      operationId: 'getProduct',
      summary: 'Read a product',
      description: 'Reads one product of the catalogue. 404 where the catalogue has none under this id.',
      tag: 'Catalogue',
      scope: 'catalogue:read',
      request: { params: ProductPath, headers: ConditionalReadHeaders },
      answers: {
        200: { description: 'The product.', schema: ref(Product), examples: productExamples.answer, headers: ['ETag'] },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(request, reply, orNotFound(await findProduct(database, request.params.product_id), 'product')),
  )

  app.put(
    '/v1/products/:product_id',
    operation({
      operationId: 'putProduct',
      summary: 'Add or replace a product',
      description:
        'Adds a product to the catalogue (201) or replaces it (200); the same again changes nothing. What changes of its seats holds at once for every contract of the product: a contract whose limit falls below what it uses is over its limit, nobody is removed (R27). Bundled apps have to be in the catalogue already, else 422 `unknown-reference` names them.',
      tag: 'Catalogue',
      scope: 'catalogue:write',
      request: { params: ProductPath, headers: ConditionalWriteHeaders, body: ref(ProductInput) },
      request_examples: productExamples.input,
      answers: {
        200: {
          description: 'The product, replaced or unchanged.',
          schema: ref(Product),
          examples: productExamples.answer,
          headers: ['ETag'],
          links: getsProduct,
        },
        201: {
          description: 'The product, new in the catalogue.',
          schema: ref(Product),
          examples: productExamples.answer,
          headers: ['ETag', 'Location'],
          links: getsProduct,
        },
      },
      problems: ['unknown-reference', 'precondition-failed'],
    }),
    async (request, reply) =>
      answerPut(
        request,
        reply,
        await putProduct(context, {
          product: { product_id: request.params.product_id, ...request.body },
          preconditions: preconditionsOf(request),
          requester: requesterOf(request),
        }),
      ),
  )

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
          headers: ['ETag', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        pageOf(
          request,
          reply,
          await listApps(database, pageRequest(request, '', isText)),
          row => row.app_id,
          row => row,
        ),
      ),
  )

  app.get(
    '/v1/apps/:app_id',
    operation({
      operationId: 'getApp',
      summary: 'Read an app or option',
      description: 'Reads one app or option of the catalogue. 404 where the catalogue has none under this id.',
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

  app.put(
    '/v1/apps/:app_id',
    operation({
      operationId: 'putApp',
      summary: 'Add or replace an app or option',
      description:
        'Adds an app or option to the catalogue (201) or replaces it (200); the same again changes nothing. Where its kind changes, the limits of all contracts that use it change at once; nobody is removed (R27).',
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
    }),
    async (request, reply) =>
      answerPut(
        request,
        reply,
        await putApp(context, {
          app: { app_id: request.params.app_id, ...request.body },
          preconditions: preconditionsOf(request),
          requester: requesterOf(request),
        }),
      ),
  )
}
