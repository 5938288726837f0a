import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'

/** The oldest major version of PostgreSQL that the migrations and statements are written for. */
const OLDEST = 18

type ServerVersion = { major: number; version: string }

async function findServerVersion(db: Db): Promise<ServerVersion | undefined> {
  return first(
    await db.run(
      compiled(sql<ServerVersion>`
        select current_setting('server_version_num')::integer / 10000 as major,
          current_setting('server_version') as version`),
    ),
  )
}

/** Refuses a server that is older than this release works with. */
export async function assertServerVersion(db: Db): Promise<void> {
  const found = await findServerVersion(db)
  if (found === undefined || found.major >= OLDEST) return
  throw new Error(
    `PostgreSQL ${found.version} is too old: this release needs PostgreSQL ${OLDEST} or later. ` +
      'Upgrade the server of DATABASE_URL, or name another',
  )
}
