import type { IncomingMessage, ServerResponse } from 'node:http'
import helmet from 'helmet'

const TWO_YEARS = 2 * 365 * 24 * 60 * 60

/**
 * The security headers of every answer, as helmet writes them: nothing may be run, framed, sniffed or read from it by
 * other sites, and with TLS nobody comes back without it. Made once: they are the same for every request, and for what
 * is answered before there is one.
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
    // What only says something about documents, or to browsers that are no more.
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
