import { updateChangeRequest } from '#actions/change-requests/update-change-request.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { changedAskingOf } from '#http/request/asking-of.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { changeRequestPatchOf } from '#http/request/change-requests/change-request-body.ts'
import { callerOf, rightsOf } from '#http/request/caller-of.ts'
import { answerChangeRequest, changeRequestTags } from '#http/response/change-requests/change-request-answer.ts'
import type { TypedApp } from '#http/route-config.ts'
import { changeRequestExamples } from '#http/schemas/change-requests/change-request-examples.ts'
import { ChangeRequestPatch } from '#http/schemas/change-requests/change-request-patch.ts'
import { ChangeRequest, changeRequestLinks, ChangeRequestPath } from '#http/schemas/change-requests/change-requests.ts'
import { WITHDRAWN_REQUEST_ID } from '#http/schemas/examples.ts'
import { ConditionalChangeHeaders } from '#http/schemas/conditional-headers.ts'
import { NAMING_PROBLEMS } from '#http/schemas/change-requests/requested-by.ts'

const updateOperation = operation({
  operationId: 'updateChangeRequest',
  summary: 'Change a change request',
  description:
    'Changes an open request (JSON Merge Patch, RFC 7396): its operations, who asks, its day, its subject. With ' +
    'other operations, another requester or another day it is filed again: what was confirmed and approved is void, ' +
    'and it is in the state that it would have if it were filed now. `If-Match` takes the `ETag` of the request, in ' +
    'any language. A request that came to its end is not changed (409).',
  tag: 'Change requests',
  scope: 'requests:write',
  personal: true,
  path_examples: { change_request_id: WITHDRAWN_REQUEST_ID }, // the others are to be decided as they are
  consumes: MERGE_PATCH_BODY,
  request: { params: ChangeRequestPath, headers: ConditionalChangeHeaders, body: ref(ChangeRequestPatch) },
  request_examples: changeRequestExamples.patch,
  answers: {
    200: {
      description: 'The request as it is now.',
      schema: ref(ChangeRequest),
      examples: changeRequestExamples.changed,
      headers: ['Content-Language', 'ETag'],
      links: changeRequestLinks,
    },
  },
  problems: [
    'not-found',
    'state-conflict',
    'duplicate-contact',
    'invalid-value',
    'removals-unconfirmed',
    'name-not-personal',
    'precondition-failed',
    ...NAMING_PROBLEMS,
  ],
})

export function changeRequestUpdateRoutes(app: TypedApp, context: ActionContext): void {
  updateRoute(app, context)
}

function updateRoute(app: TypedApp, context: ActionContext): void {
  app.patch('/v1/change-requests/:change_request_id', updateOperation, async (request, reply) =>
    answerChangeRequest(
      request,
      reply,
      await updateChangeRequest(context, {
        change_request_id: request.params.change_request_id,
        patch: changeRequestPatchOf(request.body),
        asking: changedAskingOf(request, request.body.requested_by),
        preconditions: preconditionsOf(request),
        tagsOf: changeRequestTags,
        caller: callerOf(request),
        rights: rightsOf(request),
      }),
    ),
  )
}
