import type { FastifyInstance, FastifyRequest } from 'fastify'
import { disclosing, recordDisclosure } from '#actions/support/disclosing.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { Db } from '#db/driver/database.ts'
import type { Disclosure } from '#domain/disclosure.ts'
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
    if (discloses && reply.statusCode === 200 && request.method === 'GET' && !request.is_disclosed)
      throw new Error(`${request.routeOptions.url} lets a list out without a record`)
  })
}
