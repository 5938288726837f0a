import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PutOutcome } from '#actions/support/put-outcome.ts'
import { answer } from '#http/request/conditions.ts'

/** The answer to a PUT: 201 with `Location` where it created, else 200; both with the new entity tag. */
export function answerPut<Value extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  { value, is_new }: PutOutcome<Value>,
): Value | FastifyReply {
  if (is_new) void reply.code(201).header('location', request.url.split('?', 1)[0])
  return answer(request, reply, value)
}
