import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, type Statement } from '#db/driver/statement.ts'
import { isoTime } from '#db/fragments.ts'
import type { WebhookSecret } from '#domain/webhooks/webhook-endpoint.ts'

/** What ended by itself: clients with an end of their own or of a key, and endpoints with secrets that sign no more. */
export type Expiries = {
  client_ids: string[]
  endpoints: { endpoint_id: string; secrets: WebhookSecret[] }[]
}

const expiriesStatement = prepared<{ now: string }, Expiries>(
  parameter => sql`
  select
    array(
      select client_id::text from api_clients
      where expires_at > recorded_until and expires_at <= ${parameter('now')} and revoked_at is null
      union
      select client_id::text from api_keys
      where expires_at > recorded_until and expires_at <= ${parameter('now')} and revoked_at is null
      order by client_id) as client_ids,
    coalesce((
      select jsonb_agg(jsonb_build_object('endpoint_id', endpoint_id, 'secrets', secrets) order by endpoint_id)
      from (
        select endpoint_id, jsonb_agg(jsonb_build_object('secret_id', secret_id,
            'created_at', ${isoTime('webhook_secrets.created_at')},
            'expires_at', ${isoTime('webhook_secrets.expires_at')}) order by secret_id) as secrets
        from webhook_secrets
        where expires_at > recorded_until and expires_at <= ${parameter('now')}
        group by endpoint_id) ended), '[]') as endpoints
  from expiries`,
)

/** What has ended by itself up to a moment, and is not recorded. */
export async function findExpiries(db: Db, now: string): Promise<Expiries | undefined> {
  return first(await db.run(expiriesStatement({ now })))
}

const lockStatement = compiled(sql<{ recorded_until: string }>`select recorded_until from expiries for update`)

/** Lets one transaction at a time record what ended. Answers the moment up to which it is recorded. */
export async function lockExpiries(db: Db): Promise<{ recorded_until: string } | undefined> {
  return first(await db.run(lockStatement))
}

const updateStatement = prepared<{ now: string }, unknown>(
  parameter => sql`update expiries set recorded_until = ${parameter('now')} where recorded_until < ${parameter('now')}`,
)

/** Notes that all that ended up to a moment is recorded. */
export function updateExpiries(now: string): Statement<unknown> {
  return updateStatement({ now })
}
