import type { FastifyRequest } from 'fastify'
import { isUuid, pageRequest, type PageRequest } from '#http/request/paging.ts'

// Where the list of the newest imports first starts.
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Reads `limit` and `cursor` of the list of imports, the newest first. */
export function importPage(request: FastifyRequest): PageRequest<string> {
  return pageRequest(request, AFTER_ALL, isUuid)
}

/** Reads `limit` and `cursor` of the rows of an import, in the order of the file. */
export function importRowPage(request: FastifyRequest): PageRequest<number> {
  return pageRequest(request, 0, isLine)
}

function isLine(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 2 ** 31 - 1
}
