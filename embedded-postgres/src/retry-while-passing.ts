import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterFolder } from './cluster-folder.ts'
import { ServerLaunchError } from './launch-server.ts'

const TRIES = 40
const BETWEEN_TRIES_MS = 250

/** The server ended while this service was taking it. */
export class ServerGoneError extends Error {
  override name = 'ServerGoneError'
  constructor({ home }: ClusterFolder) {
    super(`PostgreSQL in ${home} went away again and again`)
  }
}

/** Repeats the work, ten seconds at most, while it fails for a reason that ends by itself. */
export async function retryWhilePassing<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const isPassing = error instanceof ServerGoneError || (error instanceof ServerLaunchError && error.isPassing)
      if (!isPassing || tries === TRIES) throw error
      // Long enough for a live owner whose server was killed to start it again before us.
      await sleep(BETWEEN_TRIES_MS)
    }
  }
}
