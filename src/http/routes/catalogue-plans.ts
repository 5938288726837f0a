import { Type } from 'typebox'
import { planAppPut } from '#actions/contracts/plan-app-put.ts'
import { planProductPut } from '#actions/contracts/plan-product-put.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { cataloguePlanAnswer } from '#http/response/contracts/catalogue-plan-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import {
  appExamples,
  appId,
  AppInput,
  productExamples,
  productId,
  ProductInput,
} from '#http/schemas/contracts/catalogue.ts'
import { CataloguePlan, cataloguePlanExamples } from '#http/schemas/contracts/catalogue-plans.ts'
import { ConditionalChangeHeaders } from '#http/schemas/conditional-headers.ts'

const ProductPath = Type.Object({ product_id: productId })
const AppPath = Type.Object({ app_id: appId })

const answers = {
  200: { description: 'The plan.', schema: ref(CataloguePlan), examples: cataloguePlanExamples },
}

export function cataloguePlanRoutes(app: TypedApp, context: ActionContext): void {
  planProductRoute(app, context)
  planAppRoute(app, context)
}

function planProductRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/products/:product_id/plan',
    operation({
      operationId: 'planProduct',
      summary: 'Plan a change of a product',
      description:
        'Answers which contracts `PUT /v1/products/{product_id}` with the same body would move, and which would be ' +
        'newly over their limit (R6, R27). Changes nothing.',
      tag: 'Catalogue',
      scope: 'catalogue:write',
      request: { params: ProductPath, headers: ConditionalChangeHeaders, body: ref(ProductInput) },
      request_examples: productExamples.input,
      answers,
      problems: ['unknown-reference', 'precondition-failed'],
    }),
    async (request, _reply) =>
      cataloguePlanAnswer(
        await planProductPut(context, {
          product: { product_id: request.params.product_id, ...request.body },
          preconditions: preconditionsOf(request),
        }),
      ),
  )
}

function planAppRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/apps/:app_id/plan',
    operation({
      operationId: 'planApp',
      summary: 'Plan a change of an app or option',
      description:
        'Answers which contracts `PUT /v1/apps/{app_id}` with the same body would move, and which would be newly ' +
        'over their limit (R6, R27). Changes nothing.',
      tag: 'Catalogue',
      scope: 'catalogue:write',
      request: { params: AppPath, headers: ConditionalChangeHeaders, body: ref(AppInput) },
      request_examples: appExamples.input,
      answers,
      problems: ['precondition-failed'],
    }),
    async (request, _reply) =>
      cataloguePlanAnswer(
        await planAppPut(context, {
          app: { app_id: request.params.app_id, ...request.body },
          preconditions: preconditionsOf(request),
        }),
      ),
  )
}
