import type { Server, ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'

const IDLE_CHECK_INTERVAL = 50

/**
 * From when the service stops on, every answer closes its connection (`Connection: close`), those of running requests
 * too: the client opens its next connection elsewhere, and never sends a request into a closing one.
 */
export function closeWithAnswers(server: Server, stopping: AbortSignal): void {
  const running = new Set<ServerResponse>()
  // Before the framework's own listener, which may answer at once.
  server.prependListener('request', (_request, response: ServerResponse) => {
    if (stopping.aborted) response.shouldKeepAlive = false
    running.add(response)
    response.once('close', () => running.delete(response))
  })
  stopping.addEventListener('abort', () => {
    for (const response of running) response.shouldKeepAlive = false
  })
}

/**
 * Takes no further connections, lets running requests end, and closes each connection that is idle. After so many
 * milliseconds it closes the others.
 */
export async function stopServing(app: FastifyInstance, grace: number): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), IDLE_CHECK_INTERVAL)
  const cut = setTimeout(() => app.server.closeAllConnections(), grace)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(cut)
  }
}
