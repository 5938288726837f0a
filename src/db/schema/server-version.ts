import { sql } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled } from '#db/driver/statement.ts'

type ServerVersion = { major: number; version: string }

/** The version of PostgreSQL that answers. */
export async function findServerVersion(db: Db): Promise<ServerVersion | undefined> {
  return first(
    await db.run(
      compiled(sql<ServerVersion>`
        select current_setting('server_version_num')::integer / 10000 as major,
          current_setting('server_version') as version`),
    ),
  )
}
