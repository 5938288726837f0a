import type { FastifyReply } from 'fastify'

/** Answers 204 without a body once the work is done. */
export async function noContent(reply: FastifyReply, work: Promise<void>): Promise<FastifyReply> {
  await work
  return reply.code(204).send()
}
