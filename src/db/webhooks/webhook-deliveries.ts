import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, freshlyPlanned, prepared, type Statement } from '#db/driver/statement.ts'
import { clientHasEnded } from '#db/webhooks/webhook-endpoints.ts'
import type { AttemptOutcome, WebhookDelivery } from '#domain/webhooks/webhook-delivery.ts'

const COLUMNS = sql`delivery_id, endpoint_id, event_id, type, state, attempts, created_at, last_attempt_at,
  next_attempt_at, status, error, duration_ms`

/** A delivery of this endpoint, with its attempts. */
export async function findWebhookDelivery(
  db: Db,
  endpoint_id: string,
  delivery_id: string,
): Promise<WebhookDelivery | undefined> {
  return first(
    await db.run(
      compiled(sql<WebhookDelivery>`
      select ${COLUMNS} from webhook_deliveries
      where endpoint_id = ${endpoint_id} and delivery_id = ${delivery_id}`),
    ),
  )
}

/** A page of the deliveries of an endpoint, the newest first. `after` of null begins with the newest. */
export async function listWebhookDeliveries(
  db: Db,
  endpoint_id: string,
  state: string | undefined,
  { after, limit }: { after: string; limit: number },
): Promise<WebhookDelivery[]> {
  return await db.run(
    compiled(sql<WebhookDelivery>`
    select ${COLUMNS} from webhook_deliveries
    where endpoint_id = ${endpoint_id} and delivery_id < ${after}
      and (${state ?? null}::text is null or state = ${state ?? null})
    order by delivery_id desc
    limit ${limit}`),
  )
}

type NewDelivery = { delivery_id: string; endpoint_id: string; event_id: number | null; type: string }

/** Adds deliveries that are due at once. An event goes to an endpoint once. */
export function insertWebhookDeliveries(rows: readonly NewDelivery[], now: string): Statement<unknown> {
  return compiled(sql`
    insert into webhook_deliveries (delivery_id, endpoint_id, event_id, type, created_at, next_attempt_at)
    select delivery_id, endpoint_id, event_id, type, ${now}::timestamptz, ${now}::timestamptz
    from json_populate_recordset(null::webhook_deliveries, ${JSON.stringify(rows)}::json)
    on conflict on constraint webhook_deliveries_once_an_event do nothing`)
}

/** Makes a delivery due at once, as if it had never been tried. */
export function updateDeliveryDue(delivery_id: string, now: string): Statement<unknown> {
  return compiled(sql`
    update webhook_deliveries set state = 'pending', attempts = 0, first_attempt_at = null,
      next_attempt_at = ${now}::timestamptz
    where delivery_id = ${delivery_id}`)
}

type Lagging = { endpoint_id: string; cursor: number; until: number; types: string[] | null }

const lockLaggingStatement = prepared<{ batch: number }, Lagging>(
  parameter => sql`
  select endpoint.endpoint_id, endpoint.cursor, endpoint.types,
    least(latest.event_id, endpoint.cursor + ${parameter('batch')}) as until
  from (select max(event_id) as event_id from events) latest
    join webhook_endpoints endpoint on endpoint.cursor < latest.event_id
  where endpoint.disabled_at is null
  for no key update of endpoint skip locked`,
)

/**
 * Locks the endpoints that lag behind the events, each with the events that it gets next. PostgreSQL plans it for the
 * tables as they are: a plan for few events would read many from end to end.
 */
export async function lockLaggingEndpoints(db: Db, batch: number): Promise<Lagging[]> {
  return await db.run(freshlyPlanned(lockLaggingStatement({ batch })))
}

/** Notes up to which event an endpoint has its deliveries. */
export function updateEndpointCursor(endpoint_id: string, cursor: number): Statement<unknown> {
  return compiled(sql`update webhook_endpoints set cursor = ${cursor} where endpoint_id = ${endpoint_id}`)
}

/** A delivery that is to be sent now, with what its endpoint and its event need for it. */
export type DueDelivery = {
  delivery_id: string
  endpoint_id: string
  event_id: number | null
  type: string
  created_at: string
  attempts: number
  first_attempt_at: string
  url: string
  include_data: boolean
  client: string
  credential: 'api_client' | 'access_token' | 'root'
  scopes: string[]
  failing_since: string | null
  secrets: string[]
}

type Claim = { now: string; leased_until: string; busy: string; most: number }

// A number that Postgres knows when it plans: for one that it does not, it would sort all that is due. Rows are locked
// as they are taken, so no more than `most`.
const MOST_CLAIMED = 100

const claimStatement = prepared<Claim, DueDelivery>(
  parameter => sql`
  with due as (
    select delivery.delivery_id, endpoint.endpoint_id
    from webhook_endpoints endpoint
      cross join lateral (
        select delivery_id from (
          select delivery_id from webhook_deliveries
          where endpoint_id = endpoint.endpoint_id and state = 'pending' and next_attempt_at <= ${parameter('now')}
          order by next_attempt_at
          limit ${sql.lit(MOST_CLAIMED)}
          for update skip locked) waiting
        limit greatest(0, ${parameter('most')}
          - coalesce((${parameter('busy')}::jsonb ->> endpoint.endpoint_id::text)::integer, 0))) delivery
    where endpoint.disabled_at is null and not ${clientHasEnded(parameter('now'))}
  ), claimed as (
    update webhook_deliveries delivery set attempts = attempts + 1, last_attempt_at = ${parameter('now')},
      first_attempt_at = coalesce(first_attempt_at, ${parameter('now')}), next_attempt_at = ${parameter('leased_until')}
    from due where delivery.delivery_id = due.delivery_id
    returning delivery.delivery_id, delivery.endpoint_id, delivery.event_id, delivery.type, delivery.created_at,
      delivery.attempts, delivery.first_attempt_at)
  select claimed.*, endpoint.url, endpoint.include_data, endpoint.client, endpoint.credential, endpoint.failing_since,
    case when endpoint.credential = 'api_client' then coalesce(
      (select api_clients.scopes from api_clients where client_id::text = endpoint.client), '{}')
      else endpoint.scopes end as scopes,
    array(select secret from webhook_secrets
      where endpoint_id = endpoint.endpoint_id and (expires_at is null or expires_at > ${parameter('now')})
      order by secret_id desc) as secrets
  from claimed join webhook_endpoints endpoint on endpoint.endpoint_id = claimed.endpoint_id`,
)

/**
 * Claims deliveries that are due, for each endpoint up to `most` less those that it has under way (`busy`, JSON). Until
 * `leased_until` no other process claims them. None goes to an endpoint whose client has ended, also before it is
 * disabled.
 */
export async function claimDueDeliveries(db: Db, claim: Claim): Promise<DueDelivery[]> {
  return await db.run(claimStatement(claim))
}

/** Records how an attempt went: the delivery is over, or tried again at `next_attempt_at`. */
export function updateDeliveryOutcome(
  delivery_id: string,
  { status, error, duration_ms }: AttemptOutcome,
  state: WebhookDelivery['state'],
  next_attempt_at: string | null,
): Statement<unknown> {
  return compiled(sql`
    update webhook_deliveries set state = ${state}, next_attempt_at = ${next_attempt_at}::timestamptz,
      status = ${status}, error = ${error}, duration_ms = ${duration_ms}
    where delivery_id = ${delivery_id} and state = 'pending'`)
}

/** Ends the deliveries of an endpoint that are not over. */
export function updateDeliveriesCancelled(endpoint_id: string): Statement<unknown> {
  return compiled(sql`
    update webhook_deliveries set state = 'cancelled', next_attempt_at = null
    where endpoint_id = ${endpoint_id} and state = 'pending'`)
}

/** Deletes deliveries that were made before a moment and are over. */
export function deleteOldDeliveries(before: string): Statement<unknown> {
  return compiled(sql`
    delete from webhook_deliveries where state <> 'pending' and delivery_id < ${before}::uuid`)
}
