import { createSecureContext } from 'node:tls'
import { isIP, isIPv6 } from 'node:net'
import { readNamedFile } from './secret-files.ts'

/** A list of addresses and ranges (CIDR). Refuses what is neither, by the variable's name. */
export function addressRanges(variable: string, text: string | undefined): string[] {
  return listOf(variable, text, isAddressRange, 'addresses and ranges such as 10.0.0.0/8')
}

/** A list of origins, each as browsers write it, to the letter: the scheme, the host, and the port where it is not the scheme's own. */
export function webOrigins(variable: string, text: string | undefined): string[] {
  return listOf(variable, text, isOrigin, 'origins such as https://support.example.com')
}

/** The certificate and its key, or null where none are named. Refuses one without the other, and two that do not belong together. */
export function tlsFiles({
  TLS_CERT_FILE,
  TLS_KEY_FILE,
}: {
  TLS_CERT_FILE?: string
  TLS_KEY_FILE?: string
}): { cert: string; key: string } | null {
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

function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  if (isIP(address) === 0 || more.length > 0) return false
  return bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (isIPv6(address) ? 128 : 32))
}

function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
