import { receiveImport } from '#actions/imports/receive-import.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { findImport, listImports } from '#db/imports/imports.ts'
import { importView } from '#domain/imports/import.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { importReceiptOf } from '#http/request/imports/import-file.ts'
import { importPage } from '#http/request/imports/import-position.ts'
import { importChangeRoutes } from '#http/routes/import-changes.ts'
import { answerImport, answerImportPage, answerReceived } from '#http/response/imports/import-answer.ts'
import { answerImportRowsAs } from '#http/response/imports/import-rows-answer.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders, IdempotencyHeaders } from '#http/schemas/conditional-headers.ts'
import { importExamples } from '#http/schemas/imports/import-examples.ts'
import { ImportLines, ImportTable } from '#http/schemas/imports/import-files.ts'
import { importLinks } from '#http/schemas/imports/import-links.ts'
import {
  Import,
  ImportListQuery,
  ImportPage,
  ImportPath,
  ImportQuery,
  ImportRowPage,
  ImportReport,
  ImportRowQuery,
} from '#http/schemas/imports/imports.ts'

export function importRoutes(app: TypedApp, context: ActionContext): void {
  createImportRoute(app, context)
  listImportsRoute(app, context)
  getImportRoute(app, context)
  listImportRowsRoute(app, context)
  importChangeRoutes(app, context)
}

/** The names of the encoding in which Excel writes CSV on Japanese Windows. */
const SHIFT_JIS = ['shift_jis', 'shift-jis', 'sjis', 'windows-31j', 'cp932', 'ms932', 'x-sjis']

const createImportOperation = operation({
  operationId: 'createImport',
  summary: 'Import a file',
  description:
    'Takes customers, contracts and contacts in as one file, up to 64 MB, and answers 202; ' +
    '`GET /v1/imports/{import_id}` shows how far it is. The service reads the whole file before anything changes: a ' +
    'file that it cannot read fails, and `problem` says where. Then it works the rows off with the rules of single ' +
    'registrations (R39): all rows of a contract are one change of its contacts, and each line needs the scope of ' +
    "its thing's PUT or POST. Lines of contacts add and change; only a `roster` line removes. One import runs at a " +
    'time; the others wait. The same file again changes nothing. `GET …/rows` says of every row what became of it.',
  tag: 'Imports',
  scope: 'imports:write',
  personal: true,
  request: { querystring: ImportQuery, headers: IdempotencyHeaders },
  file_body: {
    'application/x-ndjson': { schema: ref(ImportLines), examples: importExamples.lines },
    'text/csv': { schema: ref(ImportTable), examples: importExamples.table, charsets: SHIFT_JIS },
  },
  answers: {
    202: {
      description: 'The import: it waits, or it failed because the file could not be read.',
      schema: ref(Import),
      examples: importExamples.received,
      headers: ['Content-Language', 'ETag', 'Location', 'Idempotent-Replayed'],
      links: importLinks,
    },
  },
  problems: ['idempotency-key-in-use', 'idempotency-key-reused'],
})

function createImportRoute(app: TypedApp, context: ActionContext): void {
  app.post('/v1/imports', createImportOperation, async (request, reply) =>
    answerReceived(request, reply, await receiveImport(context, importReceiptOf(request, context))),
  )
}

function listImportsRoute(app: TypedApp, { database, clock }: ActionContext): void {
  app.get(
    '/v1/imports',
    operation({
      operationId: 'listImports',
      summary: 'List the imports',
      description:
        'Lists the imports, the newest first. An import is deleted 30 days after it ended, ' +
        'unless the operator sets another time.',
      tag: 'Imports',
      scope: 'imports:write',
      request: { querystring: ImportListQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of imports.',
          schema: ref(ImportPage),
          examples: importExamples.page,
          headers: ['Content-Language', 'ETag', 'Events-Cursor', 'Link'],
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      answerImportPage(request, reply, await listImports(database, request.query, importPage(request)), clock.now()),
  )
}

function getImportRoute(app: TypedApp, { database, clock }: ActionContext): void {
  app.get(
    '/v1/imports/:import_id',
    operation({
      operationId: 'getImport',
      summary: 'Read an import and its progress',
      description:
        'Reads an import: how many rows are done and with which outcomes, how fast it goes and how long it may take. ' +
        'The events `import.started`, `import.progressed` (after each tenth of the rows) and `import.finished` say ' +
        'the same.',
      tag: 'Imports',
      scope: 'imports:write',
      request: { params: ImportPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The import.',
          schema: ref(Import),
          examples: importExamples.answer,
          headers: ['Content-Language', 'ETag'],
          links: importLinks,
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answerImport(
        request,
        reply,
        importView(orNotFound(await findImport(database, request.params.import_id), 'import'), clock.now()),
      ),
  )
}

const listImportRowsOperation = operation({
  operationId: 'listImportRows',
  summary: 'List the rows of an import',
  description:
    'Lists the rows of a file in its order, or those with one outcome. Every row has one outcome in the end: a ' +
    'refused row has its problems with the fields concerned, a skipped row was left out because another row of its ' +
    'contract was refused. With `Accept: text/csv`, all rows come as the CSV file that was sent, with the outcome ' +
    'and the reasons in further columns: correct the file and send it again; an import ignores these columns. Rows ' +
    'are personal data: who takes them is recorded (R31).',
  tag: 'Imports',
  scope: 'imports:write',
  personal: true,
  discloses: true,
  request: { params: ImportPath, querystring: ImportRowQuery, headers: ConditionalReadHeaders },
  answers: {
    200: {
      description: 'A page of rows.',
      schema: ref(ImportRowPage),
      examples: importExamples.rows,
      headers: ['Content-Disposition', 'Content-Language', 'ETag', 'Events-Cursor', 'Link'],
      other_forms: { 'text/csv': { schema: ref(ImportReport), examples: importExamples.report } },
    },
    304: NOT_MODIFIED,
  },
  problems: ['not-found'],
})

function listImportRowsRoute(app: TypedApp, context: ActionContext): void {
  app.get('/v1/imports/:import_id/rows', listImportRowsOperation, async (request, reply) =>
    answerImportRowsAs(
      context,
      request,
      reply,
      orNotFound(await findImport(context.database, request.params.import_id), 'import'),
    ),
  )
}
