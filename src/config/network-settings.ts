import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import type { Environment } from '#config/environment.ts'
import type { NetworkConfig } from '#config/network-config.ts'
import { readNamedFile } from '#config/secret-files.ts'
import type { WebhookRules } from '#webhooks/webhook-targets.ts'
import { coversEverything, isIpRange } from '#ip-ranges.ts'

/**
 * The network's part of the configuration. Refuses, by the variable's name, a list with an item that is no address,
 * range (CIDR) or origin, a certificate without its key, and two that do not belong together.
 */
export function networkSettings(env: Environment): NetworkConfig {
  return {
    client_requests: env.RATE_LIMIT_CLIENT,
    address_requests: env.RATE_LIMIT_ADDRESS,
    failed_authentications: env.RATE_LIMIT_FAILURES,
    confirmation_domains: env.RATE_LIMIT_CONFIRMATIONS,
    trusted_proxies: addressRanges('TRUSTED_PROXIES', env.TRUSTED_PROXIES),
    cors_origins: webOrigins('CORS_ORIGINS', env.CORS_ORIGINS),
    tls: tlsFiles(env),
    connections: env.MAX_CONNECTIONS,
    address_connections: env.MAX_CONNECTIONS_PER_ADDRESS,
    request_timeout: env.REQUEST_TIMEOUT_MS,
    answer_timeout: env.ANSWER_TIMEOUT_MS,
    event_loop_delay: env.MAX_EVENT_LOOP_DELAY_MS,
  }
}

/** Where webhooks may go. Refuses a file of certificates that holds none. */
export function webhookSettings(env: Environment): WebhookRules {
  const { WEBHOOK_CA_FILE } = env
  const ca = WEBHOOK_CA_FILE === undefined ? null : readNamedFile('WEBHOOK_CA_FILE', WEBHOOK_CA_FILE)
  if (ca !== null) assertCertificates(ca)
  return {
    allowed_ranges: addressRanges('WEBHOOK_ALLOWED_RANGES', env.WEBHOOK_ALLOWED_RANGES),
    is_production: env.NODE_ENV === 'production',
    ca,
  }
}

function assertCertificates(ca: string): void {
  try {
    void new X509Certificate(ca)
  } catch (error) {
    throw new Error('env/WEBHOOK_CA_FILE must name certificates in PEM', { cause: error })
  }
}

function addressRanges(variable: string, text: string | undefined): string[] {
  return listOf(variable, text, isAddressRange, 'addresses and ranges such as 10.0.0.0/8')
}

/** Origins exactly as browsers write them: the scheme, the host, and the port where it is not the scheme's own. */
function webOrigins(variable: string, text: string | undefined): string[] {
  return listOf(variable, text, isOrigin, 'origins such as https://support.example.com')
}

/** The certificate and its key, or null where neither is named. */
function tlsFiles({ TLS_CERT_FILE, TLS_KEY_FILE }: Environment): NetworkConfig['tls'] {
  if (TLS_CERT_FILE === undefined && TLS_KEY_FILE === undefined) return null
  if (TLS_CERT_FILE === undefined || TLS_KEY_FILE === undefined)
    throw new Error('env/TLS_CERT_FILE and env/TLS_KEY_FILE are only set together')
  const tls = { cert: readNamedFile('TLS_CERT_FILE', TLS_CERT_FILE), key: readNamedFile('TLS_KEY_FILE', TLS_KEY_FILE) }
  assertPair(tls)
  return tls
}

function assertPair(tls: { cert: string; key: string }): void {
  try {
    createSecureContext(tls)
  } catch (error) {
    throw new Error('env/TLS_CERT_FILE and env/TLS_KEY_FILE must name a certificate and its private key in PEM', {
      cause: error,
    })
  }
}

function listOf(variable: string, text: string | undefined, isItem: (item: string) => boolean, what: string): string[] {
  const items = (text ?? '')
    .split(',')
    .map(item => item.trim())
    .filter(item => item !== '')
  if (!items.every(isItem)) throw new Error(`env/${variable} must be a list of ${what}, with commas between`)
  return items
}

/** A range of every address would let each client name its own address. */
function isAddressRange(text: string): boolean {
  return isIpRange(text) && !coversEverything(text)
}

function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
