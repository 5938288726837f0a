import { createHash, type Hash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { ImportReceipt, ReceivedFile } from '#actions/imports/receive-import.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { WorkPace } from '#actions/support/work-pace.ts'
import { csvImportReader } from '#imports/read-csv-import.ts'
import type { ReceivedRow } from '#db/imports/import-rows.ts'
import { addressesOfRow } from '#domain/imports/import-addresses.ts'
import type { ImportLine, ImportLineType, ImportReader } from '#domain/imports/import-line.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import { rightsOf } from '#http/request/caller-of.ts'
import { idempotencyKeyOf } from '#http/request/idempotency.ts'
import { charsetOfType } from '#http/request/media-types.ts'
import { readNdjson } from '#http/request/imports/read-ndjson-import.ts'
import { storable } from '#http/request/imports/storable.ts'
import { rowErrors } from '#http/request/imports/row-errors.ts'
import { validationErrors } from '#http/request/validation.ts'
import { LINE_SCHEMAS } from '#http/schemas/imports/import-lines.ts'
import type { ImportQuery } from '#http/schemas/imports/imports.ts'

/** The largest file that is taken, in bytes. */
const LARGEST_FILE = 64 * 1024 * 1024

/** How many bytes are read in one turn of the event loop. */
const PIECE = 16 * 1024

/** The readers of files, by media type. */
function readerOf(media_type: string, { clock }: ActionContext): ImportReader | undefined {
  if (media_type === 'application/x-ndjson') return readNdjson
  return media_type === 'text/csv' ? csvImportReader(day => clock.startOf(day)) : undefined
}

type ImportRequest = FastifyRequest<{ Querystring: Static<typeof ImportQuery> }>

/** The file of a request, to be read as it arrives, and how it is to be imported. */
export function importReceiptOf(given: FastifyRequest, context: ActionContext): ImportReceipt {
  const request = given as ImportRequest
  const { dry_run = false, on_problem = 'skip_contract', accept_over_limit = false } = request.query
  const { privacy_notice_version = null } = request.query
  const digest = createHash('sha256')
  const type = request.headers['content-type']
  const media_type = (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  return {
    options: { dry_run, on_problem, accept_over_limit, privacy_notice_version },
    media_type,
    authority: rightsOf(request).authority,
    request_id: request.id,
    open: async () => await openFile(request, readerOf(media_type, context), digest, context.pace),
    key: () => idempotencyKeyOf({ ...keyPartsOf(request), body: [type ?? '', digest.digest('base64url')] }),
  }
}

function keyPartsOf({ client, headers, method, url }: ImportRequest) {
  return { client, headers, method, url }
}

async function openFile(
  request: ImportRequest,
  reader: ImportReader | undefined,
  digest: Hash,
  pace: WorkPace,
): Promise<ReceivedFile> {
  const body = request.ndjson ?? (request.body as Readable | undefined)
  if (body === undefined || reader === undefined) return { header: null, rows: none() } // nothing was sent
  const bytes = countedBytes(body, Number(request.headers['content-length'] ?? 0), digest)
  const { header, lines } = await reader(bytes, charsetOfType(request.headers['content-type']))
  return { header, rows: receivedRows(request, lines, pace) }
}

async function* none(): AsyncGenerator<never, void> {}

/**
 * The bytes of a file, digested and counted. Refuses too many of them. What a reader leaves is digested too, so that a
 * repeat is known by its bytes, and the client gets its answer once it has sent them all.
 */
async function* countedBytes(body: Readable, announced: number, digest: Hash): AsyncGenerator<Buffer, void> {
  if (announced > LARGEST_FILE) throw tooLarge()
  const bytes = digestedBytes(body, digest)
  let isRead = false
  try {
    for (let next = await bytes.next(); next.done !== true; next = await bytes.next())
      for (let at = 0; at < next.value.length; at += PIECE) yield next.value.subarray(at, at + PIECE)
    isRead = true
  } finally {
    if (!isRead) while ((await bytes.next()).done !== true);
  }
}

async function* digestedBytes(body: Readable, digest: Hash): AsyncGenerator<Buffer, void> {
  let bytes = 0
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LARGEST_FILE) throw tooLarge()
    digest.update(chunk)
    yield chunk
  }
}

function tooLarge(): HttpProblem {
  return new HttpProblem({ type: 'payload-too-large', limit_bytes: LARGEST_FILE })
}

type Validators = { [Type in ImportLineType]: (line: object) => readonly FieldError[] | null }

async function* receivedRows(
  request: FastifyRequest,
  lines: AsyncIterable<readonly ImportLine[]>,
  pace: WorkPace,
): AsyncGenerator<ReceivedRow[], void> {
  const validators = Object.fromEntries(
    Object.entries(LINE_SCHEMAS).map(([type, schema]) => [type, validatorOf(request, schema)]),
  ) as Validators
  const turn = pace.turns()
  for await (const batch of lines) {
    const rows: ReceivedRow[] = []
    for (const line of batch) {
      rows.push(receivedRow(line, validators))
      await turn()
    }
    yield rows
  }
}

function validatorOf(request: FastifyRequest, schema: { $id: string }): Validators[ImportLineType] {
  const validate = request.compileValidationSchema(referenceTo(schema), 'body')
  return line => (validate(line) ? null : validationErrors(validate.errors ?? [], 'body'))
}

const references = new Map<string, object>()

/** One reference to each schema, so that the validator is compiled once. */
function referenceTo({ $id }: { $id: string }): object {
  const known = references.get($id) ?? { $ref: `${$id}#` }
  references.set($id, known)
  return known
}

const MASTER_ID = /^[A-Za-z0-9._-]{1,64}$/

/** A row with what does not fit the contract. One that belongs to no customer and no contract is refused at once. */
function receivedRow({ line, type, fields, cells }: ImportLine, validators: Validators): ReceivedRow {
  const sent: Record<string, unknown> = { type, ...fields }
  const errors = [...rowErrors(fields, validators[type](sent) ?? []), ...(type === 'contact' ? missingName(sent) : [])]
  const { type: _type, ...read } = sent // the validator takes off what it passes over
  const kept = errors.length === 0 ? read : storable(read)
  const customer_id = type === 'customer' || type === 'contract' ? idOf(sent['customer_id']) : null
  const contract_id = type === 'customer' ? null : idOf(sent['contract_id'])
  const isNobodys = (type === 'customer' ? customer_id : contract_id) === null
  return {
    line,
    type,
    customer_id,
    contract_id,
    email_keys: errors.length > 0 ? [] : addressesOfRow({ type, fields: kept }),
    fields: kept,
    cells: cells ?? null,
    errors: errors.length === 0 ? null : storable(errors),
    outcome: isNobodys ? 'refused' : null,
  }
}

function missingName({ family_name = null, name = null }: Record<string, unknown>) {
  return family_name === null && name === null
    ? [{ in: 'body' as const, pointer: '#/family_name', code: 'required' as const }]
    : []
}

function idOf(value: unknown): string | null {
  return typeof value === 'string' && MASTER_ID.test(value) ? value : null
}
