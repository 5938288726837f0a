import { RefusedError } from '#domain/refusal.ts'
import { targetAddress, urlFault, type WebhookRules } from '#webhooks/webhook-targets.ts'

/**
 * Refuses a URL that must not be called, and says why. A name that cannot be looked up now is taken: it is looked up
 * again at each sending, and the address judged then.
 */
export async function assertTarget(url: string, rules: WebhookRules): Promise<void> {
  const fault = urlFault(url, rules)
  const isForbidden = fault === undefined && (await targetAddress(new URL(url).hostname, rules)) === 'forbidden'
  const code = fault ?? (isForbidden ? 'forbidden-address' : undefined)
  if (code !== undefined) throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/url', code }] })
}
