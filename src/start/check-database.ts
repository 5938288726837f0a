import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { assertServerVersion } from '#start/assert-server-version.ts'
import { assertServiceRole } from '#start/assert-service-role.ts'
import { assertSessions } from '#start/assert-sessions.ts'
import type { Config } from '#config/config.ts'
import type { Database } from '#db/driver/database.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { outageOf } from '#db/driver/failure.ts'

const BETWEEN_TRIES_MS = 5_000

/**
 * Refuses a database on which the service would fail or do harm: what a pooler takes from its sessions, an old server,
 * a role with too many rights. While the database is away the service may start all the same: the check is then made
 * as soon as the database answers, and its refusal ends the process.
 */
export async function checkDatabase(
  database: Database,
  options: DatabaseOptions,
  config: Config,
  log: Logger,
): Promise<void> {
  try {
    await assertSessions(options)
    await assertServerVersion(database)
    await assertServiceRole(database, config, log)
  } catch (error) {
    if (outageOf(error) === undefined) throw error
    void checkLater(database, options, config, log)
  }
}

async function checkLater(...check: Parameters<typeof checkDatabase>): Promise<void> {
  await sleep(BETWEEN_TRIES_MS, undefined, { ref: false })
  await checkDatabase(...check)
}
