import { Type } from 'typebox'
import { putProduct } from '#actions/contracts/put-product.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findProduct, listProducts } from '#db/contracts/catalogue.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { pageById } from '#http/request/paging.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerPage } from '#http/response/page-answer.ts'
import { answerPut } from '#http/response/put-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { Product, productExamples, productId, ProductInput, ProductPage } from '#http/schemas/contracts/catalogue.ts'
import { listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, ConditionalWriteHeaders } from '#http/schemas/conditional-headers.ts'

const ProductPath = Type.Object({ product_id: productId })

const getsProduct = {
  getProduct: {
    operationId: 'getProduct',
    description: 'Reads the product again.',
    parameters: { product_id: '$response.body#/product_id' },
  },
}

export function productRoutes(app: TypedApp, context: ActionContext): void {
  listProductsRoute(app, context)
  getProductRoute(app, context)
  putProductRoute(app, context)
}

function listProductsRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/products',
    operation({
      operationId: 'listProducts',
      summary: 'List the products',
      description:
        'Lists the products (製品) of the catalogue in the order of their ids, with the rules for their seats.',
      tag: 'Catalogue',
      scope: 'catalogue:read',
      request: { querystring: listQuery({}), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of products.',
          schema: ref(ProductPage),
          examples: productExamples.page,
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
        await listProducts(database, pageById(request)),
        row => row.product_id,
        row => row,
      ),
  )
}

function getProductRoute(app: TypedApp, { database }: ActionContext): void {
  app.get(
    '/v1/products/:product_id',
    operation({
      operationId: 'getProduct',
      summary: 'Read a product',
      description: 'Reads one product of the catalogue. 404 if the catalogue does not have this id.',
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
}

const putProductOperation = operation({
  operationId: 'putProduct',
  summary: 'Add or replace a product',
  description:
    'Adds a product to the catalogue (201) or replaces it (200); a repeat changes nothing. Changed seats ' +
    'apply immediately to every contract of the product: a contract with more contacts than its new limit is ' +
    'over its limit, and no contact is removed (R27). Bundled apps must already be in the catalogue (else 422 ' +
    '`unknown-reference`).',
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
})

function putProductRoute(app: TypedApp, context: ActionContext): void {
  app.put('/v1/products/:product_id', putProductOperation, async (request, reply) =>
    answerPut(
      request,
      reply,
      await putProduct(context, {
        product: { product_id: request.params.product_id, ...request.body },
        preconditions: preconditionsOf(request),
        caller: callerOf(request),
      }),
    ),
  )
}
