import type { Logger } from 'pino'
import type { Config } from '#config/config.ts'
import type { Db } from '#db/driver/database.ts'
import { findServiceRole, type ServiceRole } from '#db/schema/service-role.ts'

/** R40: refuses, in production, a role that could rewrite the record of who did what; elsewhere the log says so. */
export async function assertServiceRole(db: Db, { demands_service_role }: Config, log: Logger): Promise<void> {
  const role = await findServiceRole(db)
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
