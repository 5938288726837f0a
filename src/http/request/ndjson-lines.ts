import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { noteFile } from '#http/request/arriving-files.ts'
import { HttpProblem, invalidRequest } from '#http/problems/http-problem.ts'
import { parseStrictJson } from '#http/request/strict-json.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** A body of one JSON value a line, which is read as it comes. */
    ndjson?: Readable
  }
}

/** The media type of a body with one JSON value a line. */
export const NDJSON_BODY = ['application/x-ndjson'] as const

// The longest line, and the longest body, in bytes: what a program sends without end is refused.
const LONGEST_LINE = 64 * 1024
const LONGEST_BODY = 512 * 1024 * 1024

const LINE_FEED = 0x0a

/** Leaves a body of lines unread for its route: to the schemas it is an empty text. */
export function takeLines(app: FastifyInstance): void {
  app.addContentTypeParser([...NDJSON_BODY], (request: FastifyRequest, payload, done) => {
    request.ndjson = payload
    noteFile(request.raw)
    done(null, '')
  })
}

/** One line of a body, and its value. */
export type JsonLine = { line: number; value: unknown }

/**
 * The values of a body of lines, each as strictly read as a whole body is, in batches of so many. Lines without a value
 * count and are passed over. A line that is broken ends the reading with the problem that names its number.
 */
export async function* jsonLines(request: FastifyRequest, batch: number): AsyncGenerator<JsonLine[], void> {
  let lines: JsonLine[] = []
  for await (const { line, bytes } of textLines(request)) {
    if (isBlank(bytes)) continue
    lines.push({ line, value: valueOf(bytes, line) })
    if (lines.length < batch) continue
    yield lines
    lines = []
  }
  yield lines
}

type TextLine = { line: number; bytes: Buffer }

async function* textLines({ ndjson }: FastifyRequest): AsyncGenerator<TextLine, void> {
  let [line, size] = [1, 0]
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of chunksOf(ndjson)) {
    size += chunk.length
    if (size > LONGEST_BODY) throw new HttpProblem({ type: 'payload-too-large', limit_bytes: LONGEST_BODY })
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED)) {
      yield { line: line++, bytes: bytes.subarray(0, end) }
      bytes = bytes.subarray(end + 1)
    }
    if (bytes.length > LONGEST_LINE) throw tooLong(line)
    rest = bytes
  }
  if (rest.length > 0) yield { line, bytes: rest }
}

/** A client that went away did not send its request to the end. */
async function* chunksOf(body: Readable | undefined): AsyncGenerator<Buffer, void> {
  try {
    if (body !== undefined) yield* body as AsyncIterable<Buffer>
  } catch (error) {
    throw new HttpProblem({ type: 'request-timeout' }, { cause: error })
  }
}

function valueOf(bytes: Buffer, line: number): unknown {
  if (bytes.length > LONGEST_LINE) throw tooLong(line)
  try {
    return parseStrictJson(bytes)
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.facts.type !== 'invalid-request') throw error
    throw invalidRequest(...error.facts.errors.map(fault => ({ ...fault, line })))
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every(byte => byte === 0x20 || byte === 0x09 || byte === 0x0d)
}

function tooLong(line: number): HttpProblem {
  return invalidRequest({ pointer: '#', line, code: 'too-long', limit: LONGEST_LINE })
}
