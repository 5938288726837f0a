import type { FastifyReply, FastifyRequest } from 'fastify'
import { answer } from '#http/request/conditions.ts'
import { pageOf, type Page } from '#http/request/paging.ts'

/** Answers a page of a list under its entity tag. `position` is where a row is: the next page starts after it. */
export function answerPage<Row, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  rows: readonly Row[],
  position: (row: Row) => unknown,
  view: (row: Row) => Item,
): Page<Item> | FastifyReply {
  return answer(request, reply, pageOf(request, reply, rows, position, view))
}
