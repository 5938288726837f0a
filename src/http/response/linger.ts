import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'

/** How much of a refused body is read and thrown away, in bytes, before the connection closes all the same. */
const MOST_BYTES = 16 * 1024 * 1024

/** How long a client may pause, and how long it may take in all, in milliseconds. */
const LONGEST_PAUSE = 1000
const LONGEST_TIME = 10_000

/**
 * An answer to a request whose body is still arriving (RFC 9112 §9.6): it is sent at once, and ends once the rest of
 * the body has been read and thrown away, or the client sends too much or too slowly. A connection that closed while
 * data arrived would be reset, and the client would see a broken pipe in place of the answer.
 */
export function lingeringAnswer({ raw }: FastifyRequest, text: string): Readable {
  const answer = new Readable({ read() {} })
  let bytes = 0
  const end = (): void => {
    clearTimeout(pause)
    clearTimeout(whole)
    raw.off('data', count).off('end', end).off('close', end).off('error', end)
    if (!answer.readableEnded) answer.push(null)
  }
  const count = (chunk: Buffer): void => {
    bytes += chunk.length
    pause.refresh()
    if (bytes > MOST_BYTES) end()
  }
  const pause = setTimeout(end, LONGEST_PAUSE)
  const whole = setTimeout(end, LONGEST_TIME)
  answer.push(text)
  raw.on('data', count).on('end', end).on('close', end).on('error', end).resume()
  return answer
}
