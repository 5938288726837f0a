import type { FastifyReply, FastifyRequest } from 'fastify'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'

/** `limit` is one row more than the page shows: that row shows whether another page follows. */
export type PageRequest<Position> = { after: Position; limit: number }

export type Page<Item> = { items: Item[]; next_cursor: string | null }

type PageQuery = { limit: number; cursor?: string } & Record<string, unknown>

/** A cursor holds the list and its filters, so that another list refuses it. */
type CursorContent = [list: string, position: unknown]

/**
 * Reads `limit` and `cursor` of a list. Refuses a cursor that this list with these filters did not give.
 * `isPosition` decides whether a cursor holds a position of the list.
 */
export function pageRequest<Position>(
  request: FastifyRequest,
  start: Position,
  isPosition: (value: unknown) => value is Position,
): PageRequest<Position> {
  const { limit, cursor } = request.query as PageQuery
  if (cursor === undefined) return { after: start, limit: limit + 1 }
  const content = decodeCursor(cursor)
  if (content === undefined || content[0] !== listOf(request) || !isPosition(content[1])) {
    throw invalidRequest({ in: 'query', pointer: '#/cursor', code: 'bad-cursor' })
  }
  return { after: content[1], limit: limit + 1 }
}

/** Reads `limit` and `cursor` of a list in the order of UUIDs. */
export function pageByUuid(request: FastifyRequest): PageRequest<string> {
  return pageRequest(request, FIRST_UUID, isUuid)
}

/** Reads `limit` and `cursor` of a list in the order of ids from other systems. */
export function pageById(request: FastifyRequest): PageRequest<string> {
  return pageRequest(request, '', isText)
}

/** The page of these rows, with the way to the next page: `next_cursor` and `Link: rel="next"`. */
export function pageOf<Row, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly Row[],
  position: (row: Row) => unknown,
  view: (row: Row) => Item,
): Page<Item> {
  const { limit } = request.query as PageQuery
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  if (rows.length <= limit || last === undefined) return { items: shown.map(view), next_cursor: null }
  const next_cursor = Buffer.from(JSON.stringify([listOf(request), position(last)])).toString('base64url')
  const query = new URLSearchParams({ ...(request.query as Record<string, string>), cursor: next_cursor })
  void reply.header('link', `<${request.url.split('?', 1)[0]}?${query}>; rel="next"`)
  return { items: shown.map(view), next_cursor }
}

/** An empty page, with the reason why the list is not known. */
export function unknownPage(not_known: string): Page<never> & { not_known: string } {
  return { items: [], next_cursor: null, not_known }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64 && /^[A-Za-z0-9._-]*$/.test(value)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

function listOf({ routeOptions, params, query }: FastifyRequest): string {
  const { limit: _limit, cursor: _cursor, ...filters } = query as PageQuery
  return JSON.stringify([routeOptions.url, params, Object.entries(filters).toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

function decodeCursor(cursor: string): CursorContent | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(content) && content.length === 2 ? (content as CursorContent) : undefined
  } catch {
    return undefined
  }
}
