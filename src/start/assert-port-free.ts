import { once } from 'node:events'
import { createServer } from 'node:net'

const REMEDIES: Record<string, string> = {
  EADDRINUSE: 'is in use: stop what uses it, or set PORT to another',
  EACCES: 'may not be used by this user: set PORT to one above 1023',
  EADDRNOTAVAIL: 'cannot be used, because HOST is no address of this machine',
  ENOTFOUND: 'cannot be used, because HOST names no machine',
}

/** Refuses a port on which the service could not listen, before anything else is started for it. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  if (port === 0) return
  const server = createServer()
  try {
    server.listen({ host, port })
    await once(server, 'listening')
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    throw new Error(`port ${port} on ${host} ${REMEDIES[code] ?? `cannot be listened on (${code})`}`, { cause: error })
  }
  server.close()
  await once(server, 'close')
}
