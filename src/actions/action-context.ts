import type { Clock } from '../clock.ts'
import type { Database } from '#db/database.ts'

/** What every action works with. */
export type ActionContext = {
  database: Database
  clock: Clock
  /** A new UUIDv7: ids sort by the time they were made. */
  newId: () => string
}

/** Who asks for a change, and under which request: what history records of it. */
export type Requester = { actor: string, request_id: string }
