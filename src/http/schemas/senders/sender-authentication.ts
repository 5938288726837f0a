import { Type } from 'typebox'
import { DKIM_RESULTS, DMARC_RESULTS, SPF_RESULTS } from '#domain/senders/mail-authentication.ts'
import {
  closedObject,
  component,
  nullable,
  omittable,
  oneOfList,
  openList,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'

const SPF = { description: 'The result of SPF (RFC 7208).', examples: ['pass'] }
const DKIM = { description: 'The result of DKIM (RFC 6376).', examples: ['pass'] }
const DMARC = {
  description: 'The result of DMARC (RFC 7489), which compares the domains of both with that of `From`.',
  examples: ['pass'],
}

export const MailAuthenticationInput = component(
  'MailAuthenticationInput',
  closedObject(
    {
      spf: omittable(oneOfList(SPF_RESULTS, SPF)),
      dkim: omittable(oneOfList(DKIM_RESULTS, DKIM)),
      dmarc: omittable(oneOfList(DMARC_RESULTS, DMARC)),
    },
    {
      description:
        "The results of the vendor's own mail server, in the words of `Authentication-Results` (RFC 8601 §2.7). " +
        'Do not send results of other servers: a sender can forge that header. Omit what the server did not ' +
        'check.',
    },
  ),
)

export const MailAuthentication = component(
  'MailAuthentication',
  Type.Object(
    {
      spf: nullable(openList(SPF_RESULTS, SPF)),
      dkim: nullable(openList(DKIM_RESULTS, DKIM)),
      dmarc: nullable(openList(DMARC_RESULTS, DMARC)),
      from_verified: nullable(
        Type.Boolean({
          description:
            'Whether the domain in `From` sent the mail: true if DMARC passed, false if it failed, null if it is not ' +
            'known (SPF and DKIM alone may have passed for another domain). It does not change `authorised`: before ' +
            'you act on a mail, make sure that `From` is not forged.',
          examples: [true],
        }),
      ),
    },
    { description: 'Whether the mail comes from the domain in `From`.' },
  ),
)

/** The named schemas of this file. */
export const senderAuthenticationComponents: readonly NamedSchema[] = [MailAuthenticationInput, MailAuthentication]
