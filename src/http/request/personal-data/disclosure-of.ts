import type { FastifyInstance, FastifyRequest } from 'fastify'
import { disclosing, recordDisclosure } from '#actions/support/personal-data/disclosing.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { Db } from '#db/driver/database.ts'
import { DEFAULT_LIMIT } from '#http/schemas/common.ts'
import type { Disclosure } from '#domain/personal-data/disclosure.ts'
import type { DisclosureFormat, Purpose } from '#domain/vocabulary.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether the list that this request takes out is recorded. */
    is_disclosed: boolean
  }
}

// What says how a list is read, and not which list it is.
const NO_FILTERS = new Set(['limit', 'cursor', 'bom', 'purpose'])

/** R31, R32: the list that a request takes out. The filter is its path and query, which hold no names or addresses. */
export function disclosureOf(
  request: FastifyRequest,
  { clock, newId }: ActionContext,
  format: DisclosureFormat = 'json',
): Disclosure {
  const { client, id, routeOptions, params, query } = request
  if (client === null) throw new Error('the route needs a scope')
  request.is_disclosed = true
  const given = Object.entries({ ...(params as object), ...(query as object) })
  return {
    disclosure_id: newId(),
    taken_at: clock.now(),
    client: client.name,
    credential: client.credential,
    on_behalf_of: client.on_behalf_of ?? null,
    operation: routeOptions.config.documented?.operationId ?? '',
    format,
    purpose: (query as { purpose?: Purpose }).purpose ?? null,
    filter: Object.fromEntries(given.filter(([name]) => !NO_FILTERS.has(name))),
    request_id: id,
  }
}

/** R31: what reads the list of a request, and records with it who takes it. HEAD takes nothing out. */
export function disclosedTo(request: FastifyRequest, context: ActionContext): Db {
  if (request.method === 'HEAD') return context.database
  const { limit } = request.query as { limit?: number }
  return disclosing(context, disclosureOf(request, context), limit ?? null)
}

/**
 * R31: what reads the contacts that a search finds, and records with them who takes them. The record holds the ids that
 * the search was narrowed to, and by what it searched, but no name and no address.
 */
export function foundFor(request: FastifyRequest, context: ActionContext): Db {
  const { limit, cursor: _cursor, name, email, domain, ...narrowed } = request.body as SearchedContacts
  const searched = Object.entries({ name, email, domain }).filter(([, value]) => value != null)
  const filter = { ...narrowed, searched_by: searched.map(([field]) => field) }
  return disclosing(context, { ...disclosureOf(request, context), filter }, limit ?? DEFAULT_LIMIT)
}

type SearchedContacts = {
  limit: number | null
  cursor?: string | null
  name?: unknown
  email?: unknown
  domain?: unknown
}

/** Contacts, alone or in a roster; or a word that says why nothing is known of them. */
type PastList = readonly unknown[] | { contacts: readonly unknown[] } | string

/** R31: gives back a list that several statements have read, once it is recorded who takes it. */
export async function discloseAll<List extends PastList>(
  request: FastifyRequest,
  context: ActionContext,
  list: List,
): Promise<List> {
  if (request.method !== 'HEAD') await recordDisclosure(context, disclosureOf(request, context), rowsOf(request, list))
  return list
}

function rowsOf(request: FastifyRequest, list: PastList): number {
  if (typeof list === 'string') return 0
  const { limit = Infinity } = request.query as { limit?: number }
  return Math.min('contacts' in list ? list.contacts.length : list.length, limit)
}

/** Lets no list of people out that is not recorded: a route that forgets it answers 500. */
export function guardDisclosures(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    const { discloses = false } = request.routeOptions.config
    if (discloses && reply.statusCode === 200 && request.method !== 'HEAD' && !request.is_disclosed)
      throw new Error(`${request.routeOptions.url} lets a list out without a record`)
  })
}
