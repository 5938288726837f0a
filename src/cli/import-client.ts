import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

/** An import as the service answers it, as far as the command reads it. */
export type ShownImport = {
  import_id: string
  state: string
  rows: Record<'total' | 'done' | 'created' | 'changed' | 'unchanged' | 'refused' | 'skipped', number>
  rows_per_second: number | null
  seconds_left: number | null
  problem: { detail: string; remedy: string; errors?: { code: string; found?: string }[] } | null
}

export type ImportClient = {
  send: (
    file: string,
    media_type: string,
    query: URLSearchParams,
    onSent: (share: number) => void,
  ) => Promise<ShownImport>
  read: (import_id: string) => Promise<ShownImport>
  cancel: (import_id: string) => Promise<ShownImport>
  /** Why the first refused rows were refused, without names and addresses, with their lines. */
  firstProblems: (import_id: string) => Promise<{ line: number; reasons: string[] }[]>
  report: (import_id: string) => Promise<Readable>
}

type Call = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }
type Service = { origin: string; api_key: string; language: string }

/** The calls of the service's API that an import needs. Each refuses what the service refuses, with its words. */
export function importClient(service: Service): ImportClient {
  const get = async (path: string, accept = 'application/json'): Promise<Response> =>
    await answered(service, path, { headers: { accept } })
  const read = async (path: string, init: Call): Promise<ShownImport> =>
    (await (await answered(service, path, init)).json()) as ShownImport
  const key = crypto.randomUUID()
  return {
    send: async (file, media_type, query, onSent) => {
      const { size } = await stat(file)
      return await read(`/v1/imports?${query}`, {
        method: 'POST',
        headers: { 'content-type': media_type, 'idempotency-key': key },
        body: Readable.toWeb(Readable.from(sent(file, size, onSent), { objectMode: false })) as ReadableStream,
        duplex: 'half',
      })
    },
    read: async import_id => await read(`/v1/imports/${import_id}`, {}),
    cancel: async import_id => await read(`/v1/imports/${import_id}/cancel`, { method: 'POST' }),
    firstProblems: async import_id => {
      const page = (await (await get(`/v1/imports/${import_id}/rows?outcome=refused&limit=10`)).json()) as {
        items: { line: number; problems: RowProblem[] }[]
      }
      return page.items.map(({ line, problems }) => ({ line, reasons: problems.flatMap(reasonsOf) }))
    },
    report: async import_id => {
      const { body } = await get(`/v1/imports/${import_id}/rows?bom=true`, 'text/csv')
      return body === null ? Readable.from([]) : Readable.fromWeb(body)
    },
  }
}

async function* sent(file: string, size: number, onSent: (share: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of createReadStream(file)) {
    yield chunk as Buffer
    bytes += (chunk as Buffer).length
    onSent(bytes / size)
  }
}

async function answered({ origin, api_key, language }: Service, path: string, init: Call): Promise<Response> {
  const headers = { authorization: `Bearer ${api_key}`, 'accept-language': language, ...init.headers }
  const response = await fetch(`${origin}${path}`, { ...init, headers }).catch(error => {
    throw new Error(`The service at ${origin} cannot be reached (${causeOf(error)}).`, { cause: error })
  })
  if (response.ok) return response
  const text = await response.text()
  throw new Error(sentenceOf(text) ?? `The service answered ${response.status}.`)
}

type RowProblem = { title: string; pointers: string[]; errors?: { pointer: string; detail: string }[] }

/** What is wrong with each field; of other problems the title, with the fields that it is about. */
function reasonsOf({ title, pointers, errors }: RowProblem): string[] {
  if (errors !== undefined) return errors.map(({ pointer, detail }) => `${fieldOf(pointer)}: ${detail}`)
  return [pointers.length === 0 ? title : `${title} (${pointers.map(fieldOf).join(', ')})`]
}

function fieldOf(pointer: string): string {
  return pointer.replace(/^#\//, '')
}

function causeOf(error: unknown): string {
  const { cause } = error as Error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(error)
}

/** The words of a problem document. */
function sentenceOf(text: string): string | undefined {
  try {
    const { detail, remedy } = JSON.parse(text) as { detail?: string; remedy?: string }
    return detail === undefined ? undefined : [detail, remedy].filter(words => words !== undefined).join(' ')
  } catch {
    return undefined
  }
}
