import type { Db } from '#db/driver/database.ts'
import { findServerVersion } from '#db/schema/server-version.ts'

/** The oldest major version of PostgreSQL that the migrations and statements are written for. */
const OLDEST = 18

/** Refuses a server that is older than this release works with. */
export async function assertServerVersion(db: Db): Promise<void> {
  const found = await findServerVersion(db)
  if (found === undefined || found.major >= OLDEST) return
  throw new Error(
    `PostgreSQL ${found.version} is too old: this release needs PostgreSQL ${OLDEST} or later. ` +
      'Upgrade the server of DATABASE_URL, or name another',
  )
}
