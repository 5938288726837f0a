import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

// The system gives none of these to outgoing connections, so a restart finds the port free.
const [FIRST, LAST] = [20_000, 29_999]

/** A port of 20000 to 29999 that is free now. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, LAST + 1)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer().once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
