import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// What the examples need of a client: the service that `npm start` runs, unless API and API_KEY say otherwise.
const { API = 'http://127.0.0.1:3000', API_KEY, DATA_DIR = '.data' } = process.env

export type Answer = { status: number; etag: string; body: any }

/** Sends one request and gives the answer, also one that refuses. */
export async function request(
  method: string,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${API}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${API_KEY ?? keptKey()}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    body: text === '' ? undefined : JSON.parse(text),
  }
}

/** Sends one request that has to succeed. */
export async function done(method: string, path: string, body?: object): Promise<any> {
  const { status, body: answer } = await request(method, path, body)
  if (status >= 400) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(answer)}`)
  return answer
}

function keptKey(): string {
  return readFileSync(join(DATA_DIR, 'admin-api-key'), 'utf8').trim()
}
