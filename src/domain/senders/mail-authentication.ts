// The results of mail authentication, in the words of RFC 8601 §2.7 and RFC 7489 §11.2.
export const SPF_RESULTS = ['none', 'pass', 'fail', 'softfail', 'policy', 'neutral', 'temperror', 'permerror'] as const
export const DKIM_RESULTS = ['none', 'pass', 'fail', 'policy', 'neutral', 'temperror', 'permerror'] as const
export const DMARC_RESULTS = ['none', 'pass', 'fail', 'temperror', 'permerror'] as const

/** What the mail server that received a mail found out about it; a method that it did not use is left out. */
export type MailAuthentication = {
  spf?: (typeof SPF_RESULTS)[number] | null | undefined
  dkim?: (typeof DKIM_RESULTS)[number] | null | undefined
  dmarc?: (typeof DMARC_RESULTS)[number] | null | undefined
}

/**
 * The results as a check answers them, and whether the domain of `From` sent the mail: only DMARC says so, because SPF
 * and DKIM may have passed for another domain (RFC 7489 §3.1). Null without a result of DMARC, or with one that
 * decides nothing.
 */
export function mailAuthenticationView({ spf, dkim, dmarc }: MailAuthentication) {
  return { spf: spf ?? null, dkim: dkim ?? null, dmarc: dmarc ?? null, from_verified: isVerified(dmarc) }
}

function isVerified(dmarc: MailAuthentication['dmarc']): boolean | null {
  return dmarc === 'pass' || dmarc === 'fail' ? dmarc === 'pass' : null
}
