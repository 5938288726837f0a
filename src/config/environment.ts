import { envSchema } from 'env-schema'
import { Type, type Static } from 'typebox'
import { DOCS_MODES } from '#config/docs-mode.ts'
import { expectedValue } from '#config/expected-values.ts'
import { NETWORK_DEFAULTS } from '#config/network-config.ts'
import { secretsFromFiles } from '#config/secret-files.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'

const MOST_REQUESTS = 1_000_000_000
const MOST_CONNECTIONS = 1_000_000
const MOST_DAYS = 36_500

// A secret may be given as a file instead: `NAME_FILE` names the file.
const SECRETS = ['DATABASE_URL', 'MIGRATION_DATABASE_URL', 'ADMIN_API_KEY', 'ADMIN_API_KEY_NEXT']

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const AdminApiKey = Type.String({
  minLength: 32,
  maxLength: 256,
  pattern: '^[\\x21-\\x7e]+$',
  description: '32 to 256 visible ASCII characters',
})

const DatabaseUrl = Type.String({
  pattern: '^postgres(ql)?://',
  description: 'a URL that begins with postgres:// or postgresql://',
})

// An empty variable counts as absent, so every text is one.
const Text = { minLength: 1, description: 'a text' }

/** Every setting: its values and its default. */
export const Environment = Type.Object({
  NODE_ENV: Type.Enum(['development', 'test', 'production'], { default: 'development' }),
  HOST: Type.String({ default: '127.0.0.1', ...Text }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535 }),
  DATABASE_URL: Type.Optional(DatabaseUrl),
  DATABASE_PLAIN_TEXT: Type.Enum(['allow', 'refuse'], { default: 'refuse' }),
  MIGRATION_DATABASE_URL: Type.Optional(DatabaseUrl),
  DATABASE_POOL_SIZE: Type.Integer({ default: 16, minimum: 1, maximum: 100 }),
  DATA_DIR: Type.String({ default: '.data', ...Text }),
  DEMO_DATA: Type.Optional(Type.Enum(['on', 'off'])),
  MIGRATE_ON_START: Type.Optional(Type.Boolean()),
  ADMIN_API_KEY: Type.Optional(AdminApiKey),
  ADMIN_API_KEY_NEXT: Type.Optional(AdminApiKey),
  API_KEY_ENVIRONMENT: Type.Optional(
    Type.String({ pattern: '^[a-z0-9]{1,16}$', description: '1 to 16 lower-case letters a to z and digits' }),
  ),
  OAUTH_ISSUER: Type.Optional(Type.String(Text)),
  OAUTH_AUDIENCE: Type.Optional(Type.String(Text)),
  OAUTH_JWKS_URL: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: 'a URL that begins with https://, or with http:// on this machine',
    }),
  ),
  OAUTH_TOKEN_TYPE: Type.String({
    default: 'at+jwt',
    pattern: '^[A-Za-z0-9.+-]{1,64}$',
    description: 'any, or a media type such as at+jwt or JWT',
  }),
  OAUTH_SCOPE_CLAIM: Type.String({ default: 'scope', ...Text }),
  OAUTH_SUBJECT_CLAIM: Type.String({ default: 'sub', ...Text }),
  OAUTH_NAMES_REQUESTER: Type.Boolean({ default: true }),
  DATABASE_STATEMENT_TIMEOUT_MS: Type.Integer({ default: 10_000, minimum: 100, maximum: 300_000 }),
  REQUEST_TIMEOUT_MS: Type.Integer({ default: NETWORK_DEFAULTS.request_timeout, minimum: 1000, maximum: 300_000 }),
  // Longer than any request runs: a connection on which nothing moves is cut, whatever it waits for.
  ANSWER_TIMEOUT_MS: Type.Integer({ default: NETWORK_DEFAULTS.answer_timeout, minimum: 45_000, maximum: 600_000 }),
  SHUTDOWN_DELAY_MS: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
  RATE_LIMIT_CLIENT: Type.Integer({ default: NETWORK_DEFAULTS.client_requests, minimum: 1, maximum: MOST_REQUESTS }),
  RATE_LIMIT_ADDRESS: Type.Integer({ default: NETWORK_DEFAULTS.address_requests, minimum: 1, maximum: MOST_REQUESTS }),
  RATE_LIMIT_FAILURES: Type.Integer({
    default: NETWORK_DEFAULTS.failed_authentications,
    minimum: 1,
    maximum: MOST_REQUESTS,
  }),
  RATE_LIMIT_CONFIRMATIONS: Type.Integer({
    default: NETWORK_DEFAULTS.confirmation_domains,
    minimum: 100,
    maximum: MOST_REQUESTS,
  }),
  MAX_CONNECTIONS: Type.Integer({ default: NETWORK_DEFAULTS.connections, minimum: 1, maximum: MOST_CONNECTIONS }),
  MAX_CONNECTIONS_PER_ADDRESS: Type.Integer({
    default: NETWORK_DEFAULTS.address_connections,
    minimum: 1,
    maximum: MOST_CONNECTIONS,
  }),
  MAX_EVENT_LOOP_DELAY_MS: Type.Integer({ default: NETWORK_DEFAULTS.event_loop_delay, minimum: 0, maximum: 60_000 }),
  REMOVED_PEOPLE_DAYS: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_DAYS })),
  REJECTED_REQUESTS_DAYS: Type.Integer({
    default: RETENTION_DEFAULTS.rejected_requests,
    minimum: 1,
    maximum: MOST_DAYS,
  }),
  EVENTS_DAYS: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_DAYS })),
  ENDED_IMPORTS_DAYS: Type.Integer({ default: RETENTION_DEFAULTS.ended_imports, minimum: 1, maximum: MOST_DAYS }),
  TRUSTED_PROXIES: Type.Optional(Type.String(Text)),
  CORS_ORIGINS: Type.Optional(Type.String(Text)),
  TLS_CERT_FILE: Type.Optional(Type.String(Text)),
  TLS_KEY_FILE: Type.Optional(Type.String(Text)),
  WEBHOOK_ALLOWED_RANGES: Type.Optional(Type.String(Text)),
  WEBHOOK_CA_FILE: Type.Optional(Type.String(Text)),
  TIME_ZONE: Type.String({ default: 'Asia/Tokyo', ...Text }),
  SECURITY_CONTACT: Type.Optional(
    Type.String({
      pattern: '^(mailto:[^\\s@]+@[^\\s@]+|https://\\S+)$',
      maxLength: 500,
      description: 'a mailto: or https: address, such as mailto:security@example.com',
    }),
  ),
  DOCS: Type.Enum([...DOCS_MODES], { default: 'try' }),
  LOG_LEVEL: Type.Optional(Type.Enum(LOG_LEVELS)),
})

/** The service's environment variables, with their defaults. */
export type Environment = Static<typeof Environment>

/**
 * Reads the variables and the files of secrets. An empty variable counts as absent. Refuses, by the variable's name and
 * with the values that it takes, a malformed value; a secret that is given twice; a file that cannot be read or is
 * empty.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  try {
    return envSchema<Environment>({
      schema: Environment,
      data: { ...given, ...secretsFromFiles(SECRETS, given), ...misread(given) },
      env: false,
      dotenv: false,
    })
  } catch (error) {
    throw isMalformed(error) ? new Error(faultsOf(error), { cause: error }) : error
  }
}

/** What the validator would take for whole numbers: 0x10, and 1e999 as infinity. */
function misread(given: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Environment.properties).flatMap(([name, schema]) => {
      const isMisread = 'type' in schema && schema.type === 'integer' && !/^\s*\d*\s*$/.test(given[name] ?? '')
      return isMisread ? [[name, 'no number']] : []
    }),
  )
}

type Malformed = Error & { errors: { instancePath: string }[] }

function isMalformed(error: unknown): error is Malformed {
  return error instanceof Error && 'errors' in error
}

/** One sentence for each variable that does not fit; never its value, which may be a secret. */
function faultsOf({ errors }: Malformed): string {
  const names = new Set(errors.map(({ instancePath }) => instancePath.slice(1)))
  return [...names]
    .map(name => `env/${name} must be ${expectedValue(Environment.properties[name as keyof Environment])}`)
    .join('; ')
}
