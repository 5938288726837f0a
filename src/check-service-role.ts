import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import type { Database } from '#db/driver/database.ts'
import { outageOf } from '#db/driver/failure.ts'
import { assertServerVersion } from '#assert-server-version.ts'
import { findServiceRole, type ServiceRole } from '#db/service-role.ts'

const BETWEEN_TRIES_MS = 5_000

/**
 * R40: refuses, in production, a role that could rewrite the record of who did what; elsewhere the log says so. While
 * the database is away the service may start all the same: the check is then made as soon as the database answers, and
 * its refusal ends the process.
 */
export async function checkServiceRole(database: Database, config: Config, log: Logger): Promise<void> {
  try {
    await assertServerVersion(database)
    judge(await findServiceRole(database), config, log)
  } catch (error) {
    if (outageOf(error) === undefined) throw error
    void checkLater(database, config, log)
  }
}

async function checkLater(database: Database, config: Config, log: Logger): Promise<void> {
  await sleep(BETWEEN_TRIES_MS, undefined, { ref: false })
  await checkServiceRole(database, config, log)
}

function judge(role: ServiceRole | undefined, { demands_service_role }: Config, log: Logger): void {
  const fault = role && faultOf(role)
  if (fault === undefined) return
  const message =
    `the role "${role?.role}" of DATABASE_URL ${fault}: it could rewrite the record of who did what. ` +
    'Give the service a role of its own, and name the owner in MIGRATION_DATABASE_URL: docs/configuration.md says how'
  if (demands_service_role) throw new Error(message)
  log.warn(message)
}

function faultOf({ is_superuser, is_owner, may_rewrite_history }: ServiceRole): string | undefined {
  if (is_superuser) return 'is a superuser, or as good as one'
  if (is_owner) return 'owns the tables'
  return may_rewrite_history ? 'may change or remove history' : undefined
}
