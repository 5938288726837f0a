import type { DatabaseOptions } from '#db/driver/database-options.ts'

type Settings = Readonly<Record<string, string>>

// They decide how texts, times and lists are written, and what transactions see.
const ALWAYS = {
  client_encoding: 'UTF8',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  default_transaction_isolation: 'read committed',
} as const satisfies Settings

/**
 * What a session of the service has to have, whatever the server, the database or the role say. Values are as
 * `pg_settings` shows them: times in milliseconds.
 */
export function sessionSettings({
  statement_timeout,
  lock_timeout,
}: Pick<DatabaseOptions, 'statement_timeout' | 'lock_timeout'>): Settings {
  return {
    ...ALWAYS,
    // With plans for the values at hand, Postgres would plan a statement with `= any(…)` at every execution, at several
    // times the cost of running it.
    plan_cache_mode: 'force_generic_plan',
    statement_timeout: String(statement_timeout),
    lock_timeout: String(lock_timeout),
    idle_in_transaction_session_timeout: String(statement_timeout),
  }
}

/** What a session that migrates has to have: it waits briefly for a lock, and works for as long as the work takes. */
export function migrationSettings(lock_timeout: number): Settings {
  return {
    ...ALWAYS,
    statement_timeout: '0',
    lock_timeout: String(lock_timeout),
    idle_in_transaction_session_timeout: '0',
    transaction_timeout: '0',
  }
}

// What the driver would take from a URL, against what the service sets.
const OWN_PARAMETERS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
  'client_encoding',
  'replication',
]

/**
 * The URL of the database with these settings in its `options`, after those that it has. Refuses a URL that sets one of
 * them itself, or what the driver would prefer to what the service says: it would be overruled without a word.
 */
export function withSettings(text: string, settings: Settings): string {
  const [url = '', ...query] = text.split('?')
  const parameters = new URLSearchParams(query.join('?'))
  const options = parameters.getAll('options').join(' ')
  const own = new Set(Object.keys(settings).map(name => name.toLowerCase()))
  const refused = [
    ...OWN_PARAMETERS.filter(name => parameters.has(name) && !/^utf-?8$/i.test(parameters.get(name) ?? '')),
    ...namesIn(options).filter(name => own.has(name)),
  ]
  if (refused.length > 0)
    throw new Error(
      `DATABASE_URL, MIGRATION_DATABASE_URL and PGOPTIONS must not set ${refused.join(', ')}, ` +
        'which the service itself sets (statement_timeout by DATABASE_STATEMENT_TIMEOUT_MS)',
    )
  parameters.set('options', `${options} ${optionsOf(settings)}`.trim())
  return `${url}?${parameters}`
}

function optionsOf(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, String.raw`\$&`)}`)
    .join(' ')
}

/** The names of the settings that an `options` sets, in lower case. */
function namesIn(options: string): string[] {
  return [...options.matchAll(/(?:^|\s)(?:-c\s*|--)([\w.-]+)\s*=/g)].map(([, name = '']) =>
    name.replaceAll('-', '_').toLowerCase(),
  )
}
