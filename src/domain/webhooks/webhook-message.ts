import { eventView, type EventRecord } from '#domain/history/registry-event.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'

/** What a delivery is about: an event, or nothing in a test. */
export type DeliveredThing = { type: string; created_at: string; endpoint_id: string; include_data: boolean }

/**
 * The body of a delivery, as Standard Webhooks has it. It says that something happened, and to what: ids and a type.
 * What changed is in it only where the endpoint includes data, and its client may read the thing.
 */
export function webhookBody(thing: DeliveredThing, event: EventRecord | undefined, scopes: ReadonlySet<Scope>): string {
  if (event === undefined)
    return JSON.stringify({ type: thing.type, timestamp: thing.created_at, data: { endpoint_id: thing.endpoint_id } })
  const { type, occurred_at, data, ...ids } = eventView(event, scopes)
  const { request_id: _request, client_id: _client, source: _source, seats, ...named } = ids
  const shown = thing.include_data && data !== null ? { ...(seats !== null && { seats }), ...data } : {}
  return JSON.stringify({ type, timestamp: occurred_at, data: { ...named, ...shown } })
}
