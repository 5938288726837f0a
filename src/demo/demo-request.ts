import type { Scope } from '#domain/api-clients/scopes.ts'

/**
 * One request of the demonstration, when it is made, and the ids that it gives, in the order in which they arise; null
 * for an id of which no example speaks.
 */
export type DemoRequest = {
  at: string
  method: 'PUT' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: object
  /** The lines of a file, in place of a body. */
  lines?: readonly object[]
  ids?: readonly (string | null)[]
  /** A scope that the client of this request does not have. */
  without_scope?: Scope
  /** The API client that makes it; without it, the demonstration itself. */
  client_id?: string
  /** Whether it only creates: a repeat changes no present record, even if a later request has changed it. */
  only_creates?: true
}

/** Creates what a master system feeds. */
export function put(at: string, path: string, body: object): DemoRequest {
  return { at, method: 'PUT', path, body, only_creates: true }
}

/** The registration of a person: `name` is the family name, a space and the given name. */
export function contactOf(
  path: string,
  name: string,
  fields: { email: string; role?: 'primary'; shared_mailbox?: boolean },
): Pick<DemoRequest, 'method' | 'path' | 'body'> {
  const [family_name, given_name] = name.split(' ')
  return { method: 'POST', path, body: { family_name, given_name, privacy_notice_version: '2025-10', ...fields } }
}

/** A contract of a customer, with every field that billing feeds. */
export function contractOf(customer_id: string, product_id: string, fields: object = {}): object {
  return { customer_id, product_id, app_ids: [], connections: 0, starts_on: '2024-04-01', ends_on: null, ...fields }
}
