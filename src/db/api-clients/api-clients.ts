import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import { isoTime } from '#db/fragments.ts'
import type { ApiClient, ApiClientState, ApiClientTerms, ApiKey } from '#domain/api-clients/api-client.ts'

const keys = sql<ApiKey[]>`coalesce((
  select jsonb_agg(jsonb_build_object(
      'key_id', key_id, 'hint', hint,
      'created_at', ${isoTime('api_keys.created_at')},
      'expires_at', ${isoTime('api_keys.expires_at')},
      'revoked_at', ${isoTime('api_keys.revoked_at')},
      'last_used_at', ${isoTime('api_keys.last_used_at')})
    order by key_id)
  from api_keys where api_keys.client_id = api_clients.client_id), '[]')`

const clients = sqlBuilder
  .selectFrom('api_clients')
  .select(['client_id', 'name', 'scopes', 'ip_ranges', 'names_requester'])
  .select(['expires_at', 'created_at', 'revoked_at', 'parent_client_id'])
  .select(keys.as('keys'))

/** A client, also a revoked one. */
export async function findApiClient(db: Db, client_id: string): Promise<ApiClient | undefined> {
  return first(await db.run(compiled(clients.where('client_id', '=', client_id))))
}

/** Locks a client against other changes; to be sent before the client is read. */
export async function lockApiClient(db: Db, client_id: string): Promise<void> {
  await db.run(
    compiled(sqlBuilder.selectFrom('api_clients').select('client_id').where('client_id', '=', client_id).forUpdate()),
  )
}

type LockedTerms = Pick<ApiClient, 'scopes' | 'ip_ranges' | 'names_requester' | 'expires_at' | 'revoked_at'>

const lockTermsStatement = prepared<{ client_id: string }, LockedTerms>(parameter =>
  sqlBuilder
    .selectFrom('api_clients')
    .select(['scopes', 'ip_ranges', 'names_requester', 'expires_at', 'revoked_at'])
    .where('client_id', '=', parameter('client_id'))
    .forShare(),
)

/** What a client may do. No other transaction changes or revokes the client until this one ends. */
export async function lockApiClientTerms(db: Db, client_id: string): Promise<LockedTerms | undefined> {
  return first(await db.run(lockTermsStatement({ client_id })))
}

const below = (client_id: string) => sql<string>`(
  with recursive below as (
    select client_id from api_clients where parent_client_id = ${client_id} and revoked_at is null
    union
    select child.client_id from api_clients child join below on child.parent_client_id = below.client_id
    where child.revoked_at is null)
  select client_id from below)`

/** The clients that a client made, those that they made, and so on, but for revoked ones. */
export async function listApiClientsBelow(db: Db, client_id: string): Promise<ApiClient[]> {
  return await db.run(compiled(clients.where('client_id', 'in', below(client_id)).orderBy('client_id')))
}

/** Makes another client the parent of a client, or none. */
export function updateApiClientParent(client_id: string, parent_client_id: string | null): Statement<unknown> {
  return compiled(sqlBuilder.updateTable('api_clients').set({ parent_client_id }).where('client_id', '=', client_id))
}

/** A page of clients in the order of their creation. */
export async function listApiClients(
  db: Db,
  { state }: { state?: ApiClientState },
  now: string,
  page: { after: string; limit: number },
): Promise<ApiClient[]> {
  let query = clients.where('client_id', '>', page.after)
  if (state === 'revoked') query = query.where('revoked_at', 'is not', null)
  if (state === 'expired') query = query.where('revoked_at', 'is', null).where('expires_at', '<=', now)
  if (state === 'active') query = query.where('revoked_at', 'is', null).where('expires_at', '>', now)
  return await db.run(compiled(query.orderBy('client_id').limit(page.limit)))
}

/** Adds a client, without a key. */
export function insertApiClient(
  client: ApiClientTerms & { client_id: string; created_at: string; parent_client_id: string | null },
): Statement<unknown> {
  const [scopes, ip_ranges] = [[...client.scopes], [...client.ip_ranges]]
  return compiled(sqlBuilder.insertInto('api_clients').values({ ...client, scopes, ip_ranges, revoked_at: null }))
}

/** Replaces the name, scopes, ranges and end of a client. */
export function updateApiClientTerms(client_id: string, terms: ApiClientTerms): Statement<unknown> {
  const { name, scopes, ip_ranges, names_requester, expires_at } = terms
  return compiled(
    sqlBuilder
      .updateTable('api_clients')
      .set({ name, scopes: [...scopes], ip_ranges: [...ip_ranges], names_requester, expires_at })
      .where('client_id', '=', client_id),
  )
}

/** Records the moment from which a client has no rights any more. */
export function updateApiClientRevoked(client_id: string, revoked_at: string): Statement<unknown> {
  return compiled(sqlBuilder.updateTable('api_clients').set({ revoked_at }).where('client_id', '=', client_id))
}

/** Adds a key of a client: its digest, and the hint by which people recognise it. */
export function insertApiKey(key: {
  key_id: string
  client_id: string
  digest: string
  hint: string
  created_at: string
  expires_at: string
}): Statement<unknown> {
  return compiled(sqlBuilder.insertInto('api_keys').values({ ...key, revoked_at: null, last_used_at: null }))
}

/** Writes when a key ends, and when it was revoked. */
export function updateApiKeyEnd(
  key_id: string,
  { expires_at, revoked_at }: { expires_at: string; revoked_at: string | null },
): Statement<unknown> {
  return compiled(sqlBuilder.updateTable('api_keys').set({ expires_at, revoked_at }).where('key_id', '=', key_id))
}

/** A key with the rights of its client; `revoked` also where its client is. */
export type KnownKey = {
  key_id: string
  client_id: string
  scopes: string[]
  ip_ranges: string[]
  names_requester: boolean
  /** When the key ends, or its client if that is earlier. */
  expires_at: string
  revoked: boolean
  last_used_at: string | null
}

const listKnownKeysStatement = prepared<{ digests: readonly string[] }, KnownKey | { key_id: null }>(
  parameter => sql`
  select api_keys.key_id, client.client_id, client.scopes, client.ip_ranges, client.names_requester,
    least(api_keys.expires_at, client.expires_at) as expires_at,
    (api_keys.revoked_at is not null or client.revoked_at is not null) as revoked,
    api_keys.last_used_at
  from unnest(${parameter('digests')}::text[]) with ordinality as asked (digest, position)
    left join api_keys on api_keys.digest = asked.digest
    left join api_clients client on client.client_id = api_keys.client_id
  order by position`,
)

/** The keys with these digests, a list for each digest: empty where no key has it. */
export async function listKnownKeys(db: Db, digests: readonly string[]): Promise<KnownKey[][]> {
  const rows = await db.run(listKnownKeysStatement({ digests }))
  return rows.map(row => (row.key_id === null ? [] : [row]))
}

const updateLastUsedStatement = prepared<{ key_id: string; used_at: string; unless_since: string }, unknown>(
  parameter => sql`
  update api_keys set last_used_at = ${parameter('used_at')}::timestamptz
  where key_id = ${parameter('key_id')}
    and (last_used_at is null or last_used_at <= ${parameter('unless_since')}::timestamptz)`,
)

/** Records that a key was used, unless a process has recorded a use since `unless_since`. */
export async function updateLastUsed(
  db: Db,
  use: { key_id: string; used_at: string; unless_since: string },
): Promise<void> {
  await db.run(updateLastUsedStatement(use))
}
