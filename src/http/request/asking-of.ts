import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { readEmailAddress } from '#domain/addresses/email-address.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { RequesterInput } from '#domain/requester-input.ts'
import type { Asking } from '#domain/requester.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import type { RequestedByInput, RequesterQuery } from '#http/schemas/change-requests/requested-by.ts'

type Requester = NonNullable<Static<typeof RequestedByInput>>

/**
 * Who asked for a change, as its body says (R25). Refuses a client that has to name the requester and does not, and a
 * requester of whom only the channel is said.
 */
export function askingOf(request: Pick<FastifyRequest, 'client'>, requested_by: Requester | null = null): Asking {
  return asking(request, requested_by === null ? null : requesterOf(requested_by), '#/requested_by/contact_id')
}

/** Who asks, where a patch changes that: a request without a requester cannot be. */
export function changedAskingOf(
  request: Pick<FastifyRequest, 'client'>,
  requested_by: Requester | null | undefined,
): Asking | null {
  if (requested_by === undefined) return null
  if (requested_by === null) throw new RefusedError({ type: 'requester-required' })
  return askingOf(request, requested_by)
}

/** Who asked for a change that has no body. Names and addresses stay out of URLs, so the query names a contact. */
export function askingOfQuery({
  client,
  query,
}: Pick<FastifyRequest, 'client'> & { query: Static<typeof RequesterQuery> }): Asking {
  const { requester_contact_id = null, channel = null, ticket = null } = query
  const missing = [
    ...(requester_contact_id === null ? ['requester_contact_id'] : []),
    ...(channel === null ? ['channel'] : []),
  ]
  const says = requester_contact_id !== null || channel !== null || ticket !== null
  if (says && missing.length > 0)
    throw invalidRequest(
      ...missing.map(name => ({ in: 'query' as const, pointer: `#/${name}`, code: 'required' as const })),
    )
  const requested_by =
    channel === null ? null : { channel, contact_id: requester_contact_id, name: null, email: null, ticket }
  return { ...asking({ client }, requested_by, '#/requester_contact_id'), in: 'query' }
}

function asking(
  { client }: Pick<FastifyRequest, 'client'>,
  requested_by: RequesterInput | null,
  pointer: string,
): Asking {
  if (requested_by === null ? client?.names_requester === true : saysNobody(requested_by))
    throw new RefusedError({ type: 'requester-required' })
  return { requested_by, reads_contacts: client?.scopes.has('contacts:read') ?? false, pointer }
}

function saysNobody({ contact_id, name, email }: RequesterInput): boolean {
  return contact_id === null && name === null && email === null
}

function requesterOf({ channel, contact_id, name, email, ticket }: Requester): RequesterInput {
  const read = email == null ? null : readEmailAddress(email)
  if (read !== null && 'fault' in read)
    throw invalidRequest({ pointer: '#/requested_by/email', code: 'invalid-address', ...read })
  return { channel, contact_id: contact_id ?? null, name: name ?? null, email: email ?? null, ticket: ticket ?? null }
}
