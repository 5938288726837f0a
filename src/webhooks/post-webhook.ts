import { request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { rootCertificates } from 'node:tls'
import type { AttemptOutcome, DeliveryError } from '#domain/webhooks/webhook-delivery.ts'
import { targetAddress, urlFault, type WebhookRules } from '#webhooks/webhook-targets.ts'

/** A message as it leaves. */
export type WebhookMessage = { url: string; headers: Record<string, string>; body: string }

/** How long an attempt may take in all: looking up the name, connecting, and the head of the answer. */
const LONGEST_ATTEMPT = 10_000

/**
 * Sends a message once. Calls the very address that was checked, follows no redirect, and reads nothing of an answer
 * but its status: whatever a receiver sends, an attempt is over within ten seconds.
 */
export async function postWebhook(message: WebhookMessage, rules: WebhookRules): Promise<AttemptOutcome> {
  const began = performance.now()
  const signal = AbortSignal.timeout(LONGEST_ATTEMPT)
  const result = await attempt(message, rules, signal).catch((error: Error): DeliveryError =>
    signal.aborted ? 'timeout' : errorOf(error),
  )
  const duration_ms = Math.round(performance.now() - began)
  return typeof result === 'number'
    ? { status: result, error: null, duration_ms }
    : { status: null, error: result, duration_ms }
}

async function attempt(
  { url, headers, body }: WebhookMessage,
  rules: WebhookRules,
  signal: AbortSignal,
): Promise<number | DeliveryError> {
  if (urlFault(url, rules) !== undefined) return 'forbidden_address'
  const { protocol, hostname } = new URL(url)
  const target = await targetAddress(hostname, rules)
  if (target === 'forbidden') return 'forbidden_address'
  if (target === 'unresolved') return 'unresolved'
  const options: RequestOptions = {
    method: 'POST',
    agent: false,
    signal,
    maxHeaderSize: 16 * 1024,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    lookup: (_name, { all }, done) => (all === true ? done(null, [target]) : done(null, target.address, target.family)),
  }
  const ca = rules.ca === null ? {} : { ca: [...rootCertificates, rules.ca] }
  return await new Promise<number>((resolve, reject) => {
    const request = protocol === 'https:' ? requestHttps(url, { ...options, ...ca }) : requestHttp(url, options)
    request.on('error', reject) // also after the answer: its rest is cut off
    request.once('response', response => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.end(body)
  })
}

function errorOf(error: Error & { code?: string }): DeliveryError {
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(error.code ?? '') ? 'tls' : 'connection'
}
