import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, type Operand, type Statement } from '#db/driver/statement.ts'
import { isoTime } from '#db/fragments.ts'
import { DEFAULT_LIFETIME_DAYS } from '#domain/api-clients/grant.ts'
import type { DisabledReason, WebhookEndpoint } from '#domain/webhooks/webhook-endpoint.ts'

const endpoints = (now: string): RawBuilder<WebhookEndpoint> => sql`
  select endpoint_id, client, credential, scopes, url, types, description, include_data, disabled_at, disabled_reason,
    failing_since, created_at, updated_at, coalesce((
      select jsonb_agg(jsonb_build_object('secret_id', secret_id,
          'created_at', ${isoTime('webhook_secrets.created_at')},
          'expires_at', ${isoTime('webhook_secrets.expires_at')}) order by secret_id)
      from webhook_secrets
      where webhook_secrets.endpoint_id = webhook_endpoints.endpoint_id
        and (expires_at is null or expires_at > ${now}::timestamptz)), '[]') as secrets
  from webhook_endpoints`

/** An endpoint; of one client, unless `client` is null. */
export async function findWebhookEndpoint(
  db: Db,
  endpoint_id: string,
  client: string | null,
  now: string,
): Promise<WebhookEndpoint | undefined> {
  return first(
    await db.run(
      compiled(sql<WebhookEndpoint>`${endpoints(now)}
      where endpoint_id = ${endpoint_id} and (${client}::text is null or client = ${client})`),
    ),
  )
}

/** A page of endpoints in the order of their making; of one client, unless `client` is null. */
export async function listWebhookEndpoints(
  db: Db,
  client: string | null,
  now: string,
  page: { after: string; limit: number },
): Promise<WebhookEndpoint[]> {
  return await db.run(
    compiled(sql<WebhookEndpoint>`${endpoints(now)}
      where endpoint_id > ${page.after} and (${client}::text is null or client = ${client})
      order by endpoint_id
      limit ${page.limit}`),
  )
}

const countStatement = compiled(sql<{ count: number }>`select count(*)::integer as count from webhook_endpoints`)

/** How many endpoints all clients have together. */
export async function countWebhookEndpoints(db: Db): Promise<number> {
  return first(await db.run(countStatement))?.count ?? 0
}

/** Adds an endpoint, which gets the events after the latest. */
export function insertWebhookEndpoint(endpoint: WebhookEndpoint): Statement<unknown> {
  const { secrets: _secrets, ...row } = endpoint
  return compiled(sql`
    insert into webhook_endpoints (endpoint_id, client, credential, scopes, url, types, description, include_data,
      cursor, created_at, updated_at)
    select endpoint_id, client, credential, scopes, url, types, description, include_data,
      (select coalesce(max(event_id), 0) from events), created_at, updated_at
    from json_populate_record(null::webhook_endpoints, ${JSON.stringify(row)}::json)`)
}

/** Changes an endpoint. One that is enabled again gets the events after the latest. */
export function updateWebhookEndpoint(endpoint: WebhookEndpoint, is_enabled_again: boolean): Statement<unknown> {
  const { secrets: _secrets, ...row } = endpoint
  return compiled(sql`
    update webhook_endpoints set url = row.url, types = row.types, description = row.description,
      include_data = row.include_data, disabled_at = row.disabled_at, disabled_reason = row.disabled_reason,
      failing_since = row.failing_since, updated_at = row.updated_at,
      cursor = case when ${is_enabled_again} then (select coalesce(max(event_id), 0) from events)
        else webhook_endpoints.cursor end
    from json_populate_record(null::webhook_endpoints, ${JSON.stringify(row)}::json) row
    where webhook_endpoints.endpoint_id = row.endpoint_id`)
}

/** Deletes an endpoint, with its secrets and deliveries. */
export function deleteWebhookEndpoint(endpoint_id: string): Statement<unknown> {
  return compiled(sql`delete from webhook_endpoints where endpoint_id = ${endpoint_id}`)
}

type NewSecret = { secret_id: string; endpoint_id: string; secret: string; created_at: string }

/** Adds a secret that does not end. */
export function insertWebhookSecret(row: NewSecret): Statement<unknown> {
  return compiled(sql`
    insert into webhook_secrets (secret_id, endpoint_id, secret, created_at, expires_at)
    values (${row.secret_id}, ${row.endpoint_id}, ${row.secret}, ${row.created_at}, null)`)
}

/** Ends the secrets of an endpoint at a moment, those that do not end before. */
export function updateWebhookSecretsEnd(endpoint_id: string, expires_at: string): Statement<unknown> {
  return compiled(sql`
    update webhook_secrets set expires_at = ${expires_at}::timestamptz
    where endpoint_id = ${endpoint_id} and (expires_at is null or expires_at > ${expires_at}::timestamptz)`)
}

/** For how many days the endpoints of an identity provider's client live on after it last showed a token. */
const ENDPOINT_DAYS = sql.raw(String(DEFAULT_LIFETIME_DAYS))

/**
 * Whether the client of an `endpoint` has ended: an API client that was revoked, has expired, or may not have endpoints
 * any more; a client of the identity provider that has not shown for some time that it still may.
 */
export const clientHasEnded = (
  now: Operand<string>,
) => sql<boolean>`(endpoint.credential = 'api_client' and not exists (
    select from api_clients
    where api_clients.client_id::text = endpoint.client and revoked_at is null
      and expires_at > ${now} and 'webhooks:manage' = any(api_clients.scopes))
  or endpoint.credential = 'access_token'
    and coalesce(endpoint.renewed_at, endpoint.created_at)
      <= ${now}::timestamptz - ${ENDPOINT_DAYS} * interval '1 day')`

/** Notes the scopes that the client of an endpoint has with the token that it shows now. */
export function updateEndpointRenewed(
  endpoint_id: string,
  scopes: readonly string[],
  renewed_at: string,
): Statement<unknown> {
  return compiled(sql`
    update webhook_endpoints set scopes = ${scopes}::text[], renewed_at = ${renewed_at}::timestamptz
    where endpoint_id = ${endpoint_id}`)
}

const lockEndedStatement = prepared<{ now: string }, { endpoint_id: string }>(
  parameter => sql`
  select endpoint_id from webhook_endpoints endpoint
  where disabled_at is null and ${clientHasEnded(parameter('now'))}
  for update skip locked`,
)

/** Locks the endpoints whose client was revoked, has expired, or may not have endpoints any more. */
export async function lockEndpointsOfEndedClients(db: Db, now: string): Promise<{ endpoint_id: string }[]> {
  return await db.run(lockEndedStatement({ now }))
}

/** Locks an endpoint against other changes; to be sent before it is read. */
export async function lockWebhookEndpoint(db: Db, endpoint_id: string): Promise<void> {
  await db.run(compiled(sql`select from webhook_endpoints where endpoint_id = ${endpoint_id} for update`))
}

/** Disables an endpoint, unless it is disabled. */
export function updateEndpointDisabled(
  endpoint_id: string,
  disabled_at: string,
  reason: DisabledReason,
): Statement<unknown> {
  return compiled(sql`
    update webhook_endpoints set disabled_at = ${disabled_at}::timestamptz, disabled_reason = ${reason},
      updated_at = ${disabled_at}::timestamptz
    where endpoint_id = ${endpoint_id} and disabled_at is null`)
}

/** Notes since when an endpoint fails; null once a delivery has arrived. Writes only where that changes. */
export function updateFailingSince(endpoint_id: string, failing_since: string | null): Statement<unknown> {
  return compiled(sql`
    update webhook_endpoints set failing_since = ${failing_since}::timestamptz
    where endpoint_id = ${endpoint_id} and (failing_since is null) <> (${failing_since}::timestamptz is null)`)
}
