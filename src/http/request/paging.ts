import type { FastifyReply, FastifyRequest } from 'fastify'
import { entityTag } from '#domain/entity-tag.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { DEFAULT_LIMIT } from '#http/schemas/common.ts'

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
  return { after: positionIn(cursor, listOf(request), 'query', isPosition), limit: limit + 1 }
}

/** Reads `limit` and `cursor` of a search, which are in its body. `after` is null on its first page. */
export function searchPageRequest<Position>(
  request: FastifyRequest,
  isPosition: (value: unknown) => value is Position,
): PageRequest<Position | null> {
  const { limit, cursor } = searchOf(request)
  if (cursor == null) return { after: null, limit: limit + 1 }
  return { after: positionIn(cursor, searchedList(request), 'body', isPosition), limit: limit + 1 }
}

function positionIn<Position>(
  cursor: string,
  list: string,
  part: 'query' | 'body',
  isPosition: (value: unknown) => value is Position,
): Position {
  const content = decodeCursor(cursor)
  if (content !== undefined && content[0] === list && isPosition(content[1])) return content[1]
  throw invalidRequest({ in: part, pointer: '#/cursor', code: 'bad-cursor' })
}

/** Reads `limit` and `cursor` of a list in the order of UUIDs. */
export function pageByUuid(request: FastifyRequest): PageRequest<string> {
  return pageRequest(request, FIRST_UUID, isUuid)
}

/** Reads `limit` and `cursor` of a list in the order of ids from other systems. */
export function pageById(request: FastifyRequest): PageRequest<string> {
  return pageRequest(request, '', isIdPosition)
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
  const page = shownPage(rows, limit, listOf(request), position, view)
  if (page.next_cursor === null) return page
  const query = new URLSearchParams({ ...(request.query as Record<string, string>), cursor: page.next_cursor })
  void reply.header('link', `<${request.url.split('?', 1)[0]}?${query}>; rel="next"`)
  return page
}

/** The page of what a search found. Its cursor is for the next body, not for a URL: so there is no `Link`. */
export function searchPageOf<Row, Item>(
  request: FastifyRequest,
  rows: readonly Row[],
  position: (row: Row) => unknown,
  view: (row: Row) => Item,
): Page<Item> {
  return shownPage(rows, searchOf(request).limit, searchedList(request), position, view)
}

function shownPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  list: string,
  position: (row: Row) => unknown,
  view: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  if (rows.length <= limit || last === undefined) return { items: shown.map(view), next_cursor: null }
  const next_cursor = Buffer.from(JSON.stringify([list, position(last)])).toString('base64url')
  return { items: shown.map(view), next_cursor }
}

/** An empty page, with the reason why the list is not known. */
export function unknownPage(not_known: string): Page<never> & { not_known: string } {
  return { items: [], next_cursor: null, not_known }
}

/** Whether a value of a cursor can be an id of another system, or '' before the first. */
export function isIdPosition(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 64 && /^[A-Za-z0-9._-]*$/.test(value)
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a value of a cursor is a UUID in lower case. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value)
}

function listOf({ routeOptions, params, query }: FastifyRequest): string {
  const { limit: _limit, cursor: _cursor, ...filters } = query as PageQuery
  return JSON.stringify([routeOptions.url, params, Object.entries(filters).toSorted(([a], [b]) => (a < b ? -1 : 1))])
}

type SearchBody = { limit: number | null; cursor?: string | null } & Record<string, unknown>

function searchOf({ body }: FastifyRequest): SearchBody & { limit: number } {
  const search = body as SearchBody
  return { ...search, limit: search.limit ?? DEFAULT_LIMIT }
}

/** A search as its cursors know it: by a digest, because it holds names and addresses. */
function searchedList(request: FastifyRequest): string {
  const { limit: _limit, cursor: _cursor, ...search } = searchOf(request)
  return entityTag([request.routeOptions.url, search])
}

function decodeCursor(cursor: string): CursorContent | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(content) && content.length === 2 ? (content as CursorContent) : undefined
  } catch {
    return undefined
  }
}
