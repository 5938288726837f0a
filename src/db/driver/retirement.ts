import type { DatabaseClient } from '#db/driver/database-client.ts'

/** Which connections are out of use: all that were opened before the last one that was found to be no good. */
export type Retirement = { retire: (client: DatabaseClient) => void; isRetired: (client: DatabaseClient) => boolean }

/** Connections of which none is out of use yet. */
export function retirements(): Retirement {
  let retired_at = -Infinity
  const isRetired = ({ opened_at }: DatabaseClient): boolean => opened_at <= retired_at
  return {
    isRetired,
    retire: client => {
      if (!isRetired(client)) retired_at = performance.now() // the others of its age change nothing any more
    },
  }
}
