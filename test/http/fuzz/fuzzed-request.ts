import type { Answer, Call } from '../../helpers/test-service.ts'

export type FuzzedRequest = {
  path: Record<string, unknown>
  query: Record<string, unknown>
  headers: Record<string, unknown>
  body: unknown
  media_type: string
  damage: number
}

/** A body as it arrives: JSON has no infinite numbers and no negative zero. */
export const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const asText = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined')).toWellFormed()
/** What a query parameter can carry: several values are divided by commas. */
export const asQuery = (value: unknown): string => (Array.isArray(value) ? value.map(asText).join() : asText(value))
/** What a header can carry. */
export const asField = (value: unknown): string =>
  asText(value)
    .replace(/[^\x20-\x7e\x80-\xff]/g, '?')
    .slice(0, 3000)
export const given = (values: Record<string, unknown>): [string, unknown][] =>
  Object.entries(values).filter(([, value]) => value !== undefined)
export const pathText = (value: unknown): string => (/^\.+$/.test(asText(value)) ? 'x' : asText(value))

export async function sendFuzzed(call: Call, path: string, method: string, request: FuzzedRequest): Promise<Answer> {
  const url = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(pathText(request.path[name]))) || '/'
  const query = Object.entries(request.query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(asQuery(value))}`)
    .join('&')
  const headers = Object.fromEntries(
    Object.entries(request.headers)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, asField(value)]),
  )
  if (request.body === undefined) return await call(method, query === '' ? url : `${url}?${query}`, undefined, headers)
  const json = JSON.stringify(request.body)
  const body =
    request.damage === 0
      ? json.slice(0, -1)
      : request.damage === 1
        ? Buffer.from(json, 'latin1')
        : request.damage === 2
          ? json.replace('{', '{"a":1,"a":2,')
          : json
  return await call(method, query === '' ? url : `${url}?${query}`, body, {
    ...headers,
    ...(request.media_type !== '' && { 'content-type': request.media_type }),
  })
}

/** Whether what is sent lost its characters on the way, so that no reader knows what it says. */
export function isGarbled({ body, damage }: FuzzedRequest): boolean {
  return damage === 1 && body !== undefined && /[^\x20-\x7e]/.test(JSON.stringify(body))
}

/** Whether what is sent is not JSON, or not said to be. */
export function isDamaged({ body, damage, media_type }: FuzzedRequest): boolean {
  if (body === undefined) return false
  return damage === 0 || (damage === 2 && JSON.stringify(body).includes('{')) || !media_type.endsWith('json')
}
