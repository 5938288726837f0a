import { cancelImport } from '#actions/imports/cancel-import.ts'
import { deleteImport } from '#actions/imports/delete-import.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { preconditionsOf } from '#http/request/conditions.ts'
import { idempotencyKeyOf, valueOf } from '#http/request/idempotency.ts'
import { answerImport, importTags } from '#http/response/imports/import-answer.ts'
import { noContent } from '#http/response/no-content.ts'
import type { TypedApp } from '#http/route-config.ts'
import { ConditionalChangeHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { UNREADABLE_IMPORT_ID } from '#http/schemas/examples.ts'
import { importExamples } from '#http/schemas/imports/import-examples.ts'
import { Import, ImportPath } from '#http/schemas/imports/imports.ts'

export function importChangeRoutes(app: TypedApp, context: ActionContext): void {
  cancelImportRoute(app, context)
  deleteImportRoute(app, context)
}

function cancelImportRoute(app: TypedApp, context: ActionContext): void {
  app.post(
    '/v1/imports/:import_id/cancel',
    operation({
      operationId: 'cancelImport',
      summary: 'Cancel an import',
      description:
        'Stops an import between contracts: rows that are done stay done, and the others keep no outcome. A repeat ' +
        'changes nothing. An import that is over otherwise: 409.',
      tag: 'Imports',
      scope: 'imports:write',
      request: { params: ImportPath, headers: IdempotencyHeaders },
      answers: {
        200: {
          description: 'The cancelled import.',
          schema: ref(Import),
          examples: importExamples.cancelled,
          headers: ['Content-Language', 'ETag', 'Idempotent-Replayed'],
        },
      },
      problems: ['not-found', 'state-conflict', 'idempotency-key-in-use', 'idempotency-key-reused'],
    }),
    async (request, reply) =>
      answerImport(
        request,
        reply,
        valueOf(
          reply,
          await cancelImport(context, {
            import_id: request.params.import_id,
            caller: callerOf(request),
            key: idempotencyKeyOf(request),
          }),
        ),
      ),
  )
}

function deleteImportRoute(app: TypedApp, context: ActionContext): void {
  app.delete(
    '/v1/imports/:import_id',
    operation({
      operationId: 'deleteImport',
      summary: 'Delete an import and what was received',
      description:
        'Deletes an import with its rows and its report at once; what it registered stays. An import that is not ' +
        'over has to be cancelled first (409). Without this, the service deletes it 30 days after its end, ' +
        'unless the operator sets another time.',
      tag: 'Imports',
      scope: 'imports:write',
      request: { params: ImportPath, headers: ConditionalChangeHeaders },
      path_examples: { import_id: UNREADABLE_IMPORT_ID },
      answers: { 204: { description: 'The import is deleted. No body.' } },
      problems: ['not-found', 'state-conflict', 'precondition-failed'],
    }),
    async (request, reply) =>
      await noContent(
        reply,
        deleteImport(context, {
          import_id: request.params.import_id,
          preconditions: preconditionsOf(request),
          tagsOf: importTags,
          caller: callerOf(request),
        }),
      ),
  )
}
