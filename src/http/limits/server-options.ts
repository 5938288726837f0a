import type { NetworkConfig } from '#config/network-config.ts'

const HEAD_TIMEOUT = 10_000

/** All with forward secrecy and without CBC (RFC 9325 §4.2); the first three are of TLS 1.3. */
const CIPHERS = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':')

/** How Node listens. The head of a request has less time to arrive than the whole request. */
export function serverOptions({ tls, request_timeout }: NetworkConfig): object {
  const options = {
    maxHeaderSize: 16 * 1024,
    requireHostHeader: false,
    insecureHTTPParser: false, // whatever NODE_OPTIONS say
    headersTimeout: Math.min(HEAD_TIMEOUT, request_timeout),
    connectionsCheckingInterval: 2000,
  }
  return tls === null
    ? { http: options }
    : { https: { ...options, ...tls, minVersion: 'TLSv1.2', ciphers: CIPHERS, handshakeTimeout: HEAD_TIMEOUT } }
}
