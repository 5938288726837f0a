import type { ActionContext } from '#actions/support/action-context.ts'
import type { TypedApp } from '#http/route-config.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const VALID_DAYS = 180

/**
 * Answers where to report a weakness at /.well-known/security.txt (RFC 9116), as a mailto: or https: URI. Without a
 * contact there is no such path: an address that reaches no person would be worse than none.
 */
export function securityContactRoute(
  app: TypedApp,
  { clock }: Pick<ActionContext, 'clock'>,
  contact: string | null,
): void {
  if (contact === null) return
  app.get(
    '/.well-known/security.txt',
    { schema: { hide: true }, config: { scope: null, cache: 'public, max-age=86400', produces: ['text/plain'] } },
    async (_request, reply) => reply.type('text/plain; charset=utf-8').send(securityText(contact, clock.now())),
  )
}

/** RFC 9116 §2.5.5: the file has to end being valid within a year. */
function securityText(contact: string, now: string): string {
  const expires = new Date(Date.parse(now) + VALID_DAYS * DAY_MS).toISOString()
  return `Contact: ${contact}\nExpires: ${expires.slice(0, 10)}T00:00:00Z\nPreferred-Languages: en, ja\n`
}
