import type { FastifyRequest } from 'fastify'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { acceptedType } from '#http/request/media-types.ts'

/** The forms of a list that is read in pages or as a whole. */
const LIST_FORMATS = ['application/json', 'application/x-ndjson', 'text/csv'] as const
export type ListFormat = (typeof LIST_FORMATS)[number]
export type FileFormat = Exclude<ListFormat, 'application/json'>

/** The ends of the names of files, which are also the formats of their disclosures. */
export const FILE_ENDS = { 'application/x-ndjson': 'ndjson', 'text/csv': 'csv' } as const satisfies Record<
  FileFormat,
  string
>

type FileQuery = { bom?: boolean; cursor?: string; purpose?: string }

/**
 * The form in which a request wants a list, by its `Accept`. Refuses parameters of pages with a file, those of CSV with
 * another form, and a file of people without its purpose (R31, R32).
 */
export function listFormatOf(request: FastifyRequest, needs_purpose: boolean): ListFormat {
  const format = formatOf(request, LIST_FORMATS)
  if (format !== 'application/json' && needs_purpose && (request.query as FileQuery).purpose === undefined)
    throw invalidRequest({ in: 'query', pointer: '#/purpose', code: 'required' })
  return format
}

/** As `listFormatOf`, among some forms and without a purpose. */
export function formatOf<Format extends ListFormat>(
  request: FastifyRequest,
  formats: readonly [Format, ...Format[]],
): Format {
  const format = acceptedType(request, formats)
  const { bom, cursor } = request.query as FileQuery
  const isFile = format !== 'application/json'
  const isLimited = new URLSearchParams(request.url.split('?')[1]).has('limit') // the query itself has the default
  if (bom !== undefined && format !== 'text/csv')
    throw invalidRequest({ in: 'query', pointer: '#/bom', code: 'not-allowed', only_with: 'csv' })
  if (cursor !== undefined && isFile)
    throw invalidRequest({ in: 'query', pointer: '#/cursor', code: 'not-allowed', only_with: 'pages' })
  if (isLimited && isFile)
    throw invalidRequest({ in: 'query', pointer: '#/limit', code: 'not-allowed', only_with: 'pages' })
  return format
}
