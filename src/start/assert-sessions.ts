import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { trySessions, type SessionFaults } from '#db/driver/session-trial.ts'
import { roleSettings } from '#db/schema/roles.ts'

/**
 * Refuses a pooler between the service and PostgreSQL that takes away what the service needs of its sessions. The error
 * names what is missing, and the settings of PgBouncer and of the database that bring it back.
 */
export async function assertSessions(options: DatabaseOptions): Promise<void> {
  const faults = await trySessions(options)
  if (isFaultless(faults)) return
  throw new Error(
    [
      'a connection pooler (PgBouncer, for instance) takes from the sessions of DATABASE_URL what the service needs.',
      ...faultLines(faults),
      'In pgbouncer.ini:',
      '  pool_mode = transaction',
      '  max_prepared_statements = 200   (PgBouncer 1.21 or later)',
      '  ignore_startup_parameters = options',
      ...statementLines(faults, options),
      'docs/configuration.md says more.',
    ].join('\n'),
  )
}

function statementLines({ settings }: SessionFaults, options: DatabaseOptions): string[] {
  const isMissing = (name: string): boolean => settings === 'unknown' || settings.some(setting => setting.name === name)
  const statements = roleSettings(options, isMissing)
  if (statements.length === 0) return []
  return [
    'In the database, as that role or as a superuser, and then RECONNECT in the console of PgBouncer:',
    ...statements.map(statement => `  ${statement}`),
  ]
}

/** Refuses a pooler for a migration that lacks anything, because then a migration waits for locks without end. */
export async function assertDirect(options: DatabaseOptions): Promise<void> {
  const faults = await trySessions(options)
  if (isFaultless(faults)) return
  throw new Error(
    [
      'a migration needs a connection to PostgreSQL itself, not through a pooler.',
      ...faultLines(faults),
      'Name the direct connection in MIGRATION_DATABASE_URL.',
    ].join('\n'),
  )
}

function isFaultless({ refusal, settings, loses_statements }: SessionFaults): boolean {
  return refusal === undefined && settings.length === 0 && !loses_statements
}

function faultLines({ refusal, settings, loses_statements }: SessionFaults): string[] {
  return [
    ...(refusal === undefined ? [] : [`  It says: ${refusal}`]),
    ...(settings === 'unknown' ? [] : settings).map(
      ({ name, found, needed }) => `  ${name} is ${found || 'not set'} and has to be ${needed}`,
    ),
    ...(loses_statements ? ['  Prepared statements do not outlast a transaction (max_prepared_statements is 0)'] : []),
  ]
}
