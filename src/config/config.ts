import { envSchema } from 'env-schema'
import { Type, type Static } from 'typebox'
import { DOCS_MODES, type DocsMode } from './docs-mode.ts'
import { NETWORK_DEFAULTS, type NetworkConfig } from './network-config.ts'
import { addressRanges, tlsFiles, webOrigins } from './network-settings.ts'
import { secretsFromFiles } from './secret-files.ts'

const MOST_REQUESTS = 1_000_000_000

// What may be given as a file instead: `NAME_FILE` names it.
const SECRETS = ['DATABASE_URL', 'ADMIN_API_KEY']

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const Environment = Type.Object({
  NODE_ENV: Type.String({ default: 'development' }),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1 }),
  PORT: Type.Integer({ default: 3000, minimum: 0, maximum: 65535 }),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  DATABASE_POOL_SIZE: Type.Integer({ default: 16, minimum: 1, maximum: 100 }),
  DATA_DIR: Type.String({ default: '.data', minLength: 1 }),
  MIGRATE_ON_START: Type.Optional(Type.Boolean()),
  ADMIN_API_KEY: Type.Optional(Type.String({ minLength: 32, maxLength: 256, pattern: '^[\\x21-\\x7e]+$' })),
  API_KEY_ENVIRONMENT: Type.Optional(Type.String({ pattern: '^[a-z0-9]{1,16}$' })),
  OAUTH_ISSUER: Type.Optional(Type.String({ minLength: 1 })),
  OAUTH_AUDIENCE: Type.Optional(Type.String({ minLength: 1 })),
  OAUTH_JWKS_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  OAUTH_SCOPE_CLAIM: Type.String({ default: 'scope', minLength: 1 }),
  OAUTH_SUBJECT_CLAIM: Type.String({ default: 'sub', minLength: 1 }),
  DATABASE_STATEMENT_TIMEOUT_MS: Type.Integer({ default: 10_000, minimum: 100, maximum: 300_000 }),
  REQUEST_TIMEOUT_MS: Type.Integer({ default: NETWORK_DEFAULTS.request_timeout, minimum: 1000, maximum: 300_000 }),
  RATE_LIMIT_CLIENT: Type.Integer({ default: NETWORK_DEFAULTS.client_requests, minimum: 1, maximum: MOST_REQUESTS }),
  RATE_LIMIT_ADDRESS: Type.Integer({ default: NETWORK_DEFAULTS.address_requests, minimum: 1, maximum: MOST_REQUESTS }),
  RATE_LIMIT_FAILURES: Type.Integer({
    default: NETWORK_DEFAULTS.failed_authentications,
    minimum: 1,
    maximum: MOST_REQUESTS,
  }),
  MAX_CONNECTIONS: Type.Integer({ default: NETWORK_DEFAULTS.connections, minimum: 1, maximum: 1_000_000 }),
  MAX_CONNECTIONS_PER_ADDRESS: Type.Integer({
    default: NETWORK_DEFAULTS.address_connections,
    minimum: 1,
    maximum: 1_000_000,
  }),
  MAX_EVENT_LOOP_DELAY_MS: Type.Integer({ default: NETWORK_DEFAULTS.event_loop_delay, minimum: 0, maximum: 60_000 }),
  TRUSTED_PROXIES: Type.Optional(Type.String()),
  CORS_ORIGINS: Type.Optional(Type.String()),
  TLS_CERT_FILE: Type.Optional(Type.String()),
  TLS_KEY_FILE: Type.Optional(Type.String()),
  TIME_ZONE: Type.String({ default: 'Asia/Tokyo' }),
  DOCS: Type.Enum([...DOCS_MODES], { default: 'try' }),
  LOG_LEVEL: Type.Optional(Type.String({ enum: LOG_LEVELS })),
})

export type Config = {
  host: string
  port: number
  /** Null where the embedded database serves. */
  database_url: string | null
  database_pool_size: number
  /** How long one statement may run, in milliseconds. */
  database_statement_timeout: number
  data_dir: string
  migrate_on_start: boolean
  /** Null where a key is made: with the embedded database once and kept beside it, else for one run. */
  admin_api_key: string | null
  /** What keys of API clients bear, so that one of another environment is known for it. */
  api_key_environment: string
  /** Null where no access tokens are taken. */
  identity_provider: IdentityProviderConfig | null
  time_zone: string
  docs: DocsMode
  log_level: string
  network: NetworkConfig
}

/** The identity provider whose access tokens are taken, and where its public keys are. */
type IdentityProviderConfig = {
  issuer: string
  audience: string
  jwks_url: string
  scope_claim: string
  subject_claim: string
}

/**
 * The configuration from the environment: the only reader of `process.env`. Refuses, by an error that names the
 * variable, what is malformed, a time zone that does not exist, a secret that is given twice or whose file cannot be
 * read, half of what TLS needs, a production without its database and key, and an identity provider of which only a
 * part is named.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const env = readEnvironment(environment)
  const isProduction = env.NODE_ENV === 'production'
  if (env.DATABASE_URL !== undefined) assertConnectionUrl(env.DATABASE_URL)
  if (isProduction && env.DATABASE_URL === undefined)
    throw new Error('env/DATABASE_URL is required when NODE_ENV is production')
  if (isProduction && env.ADMIN_API_KEY === undefined)
    throw new Error('env/ADMIN_API_KEY is required when NODE_ENV is production: 32 characters or more')
  assertTimeZone(env.TIME_ZONE)
  return Object.freeze({
    host: env.HOST,
    port: env.PORT,
    database_url: env.DATABASE_URL ?? null,
    database_pool_size: env.DATABASE_POOL_SIZE,
    database_statement_timeout: env.DATABASE_STATEMENT_TIMEOUT_MS,
    data_dir: env.DATA_DIR,
    migrate_on_start: env.MIGRATE_ON_START ?? !isProduction,
    admin_api_key: env.ADMIN_API_KEY ?? null,
    api_key_environment: env.API_KEY_ENVIRONMENT ?? (isProduction ? 'live' : 'dev'),
    identity_provider: identityProvider(env),
    time_zone: env.TIME_ZONE,
    docs: env.DOCS,
    log_level: env.LOG_LEVEL ?? (isProduction ? 'info' : 'warn'),
    network: Object.freeze(edgeOptions(env)),
  })
}

/** The database to migrate, which needs nothing else of the configuration. Refuses an environment that names none. */
export function readDatabaseUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const { DATABASE_URL } = readEnvironment(environment)
  if (DATABASE_URL === undefined)
    throw new Error(
      'env/DATABASE_URL says which database to migrate; the embedded one is migrated when the service starts',
    )
  assertConnectionUrl(DATABASE_URL)
  return DATABASE_URL
}

function readEnvironment(environment: NodeJS.ProcessEnv): Static<typeof Environment> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  return envSchema<Static<typeof Environment>>({
    schema: Environment,
    data: { ...given, ...secretsFromFiles(SECRETS, given) },
    env: false,
    dotenv: false,
  })
}

function edgeOptions(env: Static<typeof Environment>): NetworkConfig {
  return {
    client_requests: env.RATE_LIMIT_CLIENT,
    address_requests: env.RATE_LIMIT_ADDRESS,
    failed_authentications: env.RATE_LIMIT_FAILURES,
    trusted_proxies: addressRanges('TRUSTED_PROXIES', env.TRUSTED_PROXIES),
    cors_origins: webOrigins('CORS_ORIGINS', env.CORS_ORIGINS),
    tls: tlsFiles(env),
    connections: env.MAX_CONNECTIONS,
    address_connections: env.MAX_CONNECTIONS_PER_ADDRESS,
    request_timeout: env.REQUEST_TIMEOUT_MS,
    event_loop_delay: env.MAX_EVENT_LOOP_DELAY_MS,
  }
}

function assertTimeZone(time_zone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone: time_zone })
  } catch {
    throw new Error('env/TIME_ZONE must be an IANA time zone such as Asia/Tokyo')
  }
}

// PostgreSQL's own form without a host (a socket is meant) is not a URL to the standard.
function assertConnectionUrl(url: string): void {
  if (!URL.canParse(url.replace('@/', '@socket/')))
    throw new Error(
      'env/DATABASE_URL must be a URL: write what is special in its user and password as %40 for @, %2F for / and so on',
    )
}

function identityProvider({
  OAUTH_ISSUER: issuer,
  OAUTH_AUDIENCE: audience,
  OAUTH_JWKS_URL: jwks_url,
  OAUTH_SCOPE_CLAIM: scope_claim,
  OAUTH_SUBJECT_CLAIM: subject_claim,
}: Static<typeof Environment>): IdentityProviderConfig | null {
  if (issuer === undefined && audience === undefined && jwks_url === undefined) return null
  if (issuer === undefined || audience === undefined || jwks_url === undefined)
    throw new Error('env/OAUTH_ISSUER, env/OAUTH_AUDIENCE and env/OAUTH_JWKS_URL are given together, or none of them')
  assertSafeKeysUrl(jwks_url)
  return { issuer, audience, jwks_url, scope_claim, subject_claim }
}

// Whoever can change the keys on the way can make tokens.
function assertSafeKeysUrl(jwks_url: string): void {
  const url = URL.canParse(jwks_url) ? new URL(jwks_url) : undefined
  if (
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname))
  )
    return
  throw new Error('env/OAUTH_JWKS_URL must be an https URL; http is taken from this machine alone')
}
