import { Type } from 'typebox'
import { DKIM_RESULTS, DMARC_RESULTS, SPF_RESULTS } from '#domain/mail-authentication.ts'
import {
  closedObject,
  component,
  nullable,
  omittable,
  oneOfList,
  openList,
  type NamedSchema,
} from '#http/openapi/component.ts'

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
        'What the mail server of the vendor found out about the mail, in the words of `Authentication-Results` (RFC ' +
        '8601 §2.7), and of no other server: a sender can write that header too. Leave out what it did not check.',
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
            'Whether the domain of `From` sent the mail: true where DMARC passed, false where it failed. Null where ' +
            'that is not known, because SPF and DKIM alone may have passed for another domain. It changes nothing in ' +
            '`authorised`: do not take a mail from a forged address for its owner.',
          examples: [true],
        }),
      ),
    },
    { description: 'How far the mail is known to come from where `From` says.' },
  ),
)

/** The named schemas of this file. */
export const senderAuthenticationComponents: readonly NamedSchema[] = [MailAuthenticationInput, MailAuthentication]
