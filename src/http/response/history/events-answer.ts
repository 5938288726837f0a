import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import type { EventReading } from '#actions/history/read-events.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { recordDisclosure } from '#actions/support/personal-data/disclosing.ts'
import { countShown } from '#domain/history/registry-event.ts'
import { answerBytes } from '#http/request/conditions.ts'
import { disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { expiredCursor, madeUpCursor, wantedEvents } from '#http/request/history/event-query.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { eventAnswer } from '#http/response/history/event-data.ts'
import type { EventQuery } from '#http/schemas/history/events.ts'

/** How the service reads events, and waits for them until it stops. */
export type EventWaiting = { read: EventReading; stopping: AbortSignal }

/**
 * Answers a page of events. Where it tells about people, it is recorded who takes it (R31). The answer to a client that
 * waits comes when an event fits, at the end of its time, or when the service stops.
 */
export async function answerEvents(
  context: ActionContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { read, stopping }: EventWaiting,
) {
  const wanted = wantedEvents(request.query as Static<typeof EventQuery>)
  const until = wanted.wait > 0 ? AbortSignal.any([stopping, leaving(reply)]) : stopping
  const page = await read(wanted, until)
  if (page === 'made_up') throw madeUpCursor()
  if (page === 'expired') throw expiredCursor()
  const scopes = request.client?.scopes ?? new Set()
  const shown = countShown(page.events, scopes)
  request.is_disclosed = true
  if (shown > 0 && request.method !== 'HEAD') await recordDisclosure(context, disclosureOf(request, context), shown)
  const { events, next_cursor, has_more } = page
  const language = answerLanguage(request, reply)
  const items = events.map(event => eventAnswer(event, scopes, language))
  return answerBytes(request, reply, { items, next_cursor: String(next_cursor), has_more })
}

/** Aborted when the client goes away. */
function leaving(reply: FastifyReply): AbortSignal {
  const controller = new AbortController()
  reply.raw.once('close', () => controller.abort())
  return controller.signal
}
