import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

const TWO_YEARS = 2 * 365 * 24 * 60 * 60

/**
 * The security headers of every answer, as helmet writes them: browsers run, frame and sniff nothing of it, other sites
 * cannot read it, and with TLS browsers come back with TLS alone. Made once, because they are the same for each answer,
 * also for answers to data that is not HTTP.
 */
export function securityHeaders({ with_tls }: { with_tls: boolean }): Record<string, string> {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value
    },
    removeHeader: () => {},
  } as unknown as ServerResponse
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: with_tls && { maxAge: TWO_YEARS, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Headers that concern documents alone, or browsers that are no longer in use.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })({} as IncomingMessage, response, rethrow)
  return headers
}

function rethrow(error?: unknown): void {
  if (error !== undefined) throw error as Error
}
