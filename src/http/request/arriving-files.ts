import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const files = new WeakMap<Socket, IncomingMessage>()

/** Notes that a request brings a file, which the service reads at its own pace. */
export function noteFile(request: IncomingMessage): void {
  files.set(request.socket, request)
}

/**
 * Whether a file is late because the service reads it slowly: bytes of it have come that are not read yet. Then it may
 * take longer than `REQUEST_TIMEOUT_MS`; a client that sends nothing for a minute is cut off all the same.
 */
export function isReadSlowly(socket: Socket): boolean {
  const file = files.get(socket)
  return file !== undefined && !file.complete && file.readableLength > 0
}
