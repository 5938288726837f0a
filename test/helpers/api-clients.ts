import type { Call } from './test-service.ts'
import type { TypedApp } from '#http/route-config.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'

export type CreatedClient = { client_id: string; key: string; etag: string; body: any }

/** A client with its first key; throws unless it is created. */
export async function createClient(call: Call, scopes: readonly Scope[], fields: object = {}): Promise<CreatedClient> {
  const { status, text, body, headers } = await call('POST', '/v1/api-clients', { name: 'A client', scopes, ...fields })
  if (status !== 201) throw new Error(`expected 201, got ${status}: ${text}`)
  return { client_id: body.client_id, key: body.key, etag: headers['etag']!, body }
}

/** Gives a client another key; throws unless that succeeds. */
export async function rotate(call: Call, client_id: string, overlap_seconds: number): Promise<CreatedClient> {
  const { status, text, body, headers } = await call('POST', `/v1/api-clients/${client_id}/keys`, { overlap_seconds })
  if (status !== 201) throw new Error(`expected 201, got ${status}: ${text}`)
  return { client_id, key: body.key, etag: headers['etag']!, body }
}

/** Asks as a key from an address; gives what an answer says of the credential. */
export function answersOf(app: TypedApp) {
  return async (
    authorization: string | undefined,
    remoteAddress = '127.0.0.1',
    path = '/v1/customers',
    on: TypedApp = app,
  ) => {
    const { statusCode, headers, body } = await on.inject({
      url: path,
      remoteAddress,
      ...(authorization !== undefined && { headers: { authorization } }),
    })
    const { instance: _instance, ...problem } = statusCode < 400 ? { instance: '' } : JSON.parse(body)
    return { status: statusCode, problem, authenticate: headers['www-authenticate'], cache: headers['cache-control'] }
  }
}
