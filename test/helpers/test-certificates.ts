import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

// Certificates (RFC 5280) in DER, as far as a test of TLS needs them: with keys on P-256, signed with SHA-256.

export type Issued = { cert: string; key: string }
type Authority = Issued & { name: string }

const DAY = 86_400_000

/** A certificate authority of its own. */
export function certificateAuthority(name: string): Authority {
  return { ...issue({ subject: name, is_ca: true }), name }
}

/** A certificate for an IP address, from an authority; valid for a day, unless `days` says otherwise. */
export function certificateFor(authority: Authority, address: string, days: [number, number] = [-1, 1]): Issued {
  return issue({ subject: 'receiver', authority, address, days })
}

type Wanted = {
  subject: string
  is_ca?: boolean
  authority?: Authority
  address?: string
  days?: [number, number]
}

function issue({ subject, is_ca = false, authority, address, days = [-1, 1] }: Wanted): Issued {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [from, to] = days.map(day => utcTime(new Date(Date.now() + day * DAY)))
  const extensions = [
    extension('551d13', der(0x30, ...(is_ca ? [der(0x01, Buffer.from([255]))] : []))),
    ...(address === undefined
      ? []
      : [extension('551d11', der(0x30, der(0x87, Buffer.from(address.split('.').map(Number)))))]),
  ]
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    nameOf(authority?.name ?? subject),
    der(0x30, from!, to!),
    nameOf(subject),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, ...extensions)),
  )
  const signer: KeyObject = authority === undefined ? pair.privateKey : createPrivateKey(authority.key)
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, signer))
  const text = der(0x30, body, ECDSA_WITH_SHA256, signature)
    .toString('base64')
    .match(/.{1,64}/g)!
    .join('\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
    key: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))

const ECDSA_WITH_SHA256 = der(0x30, oid('2a8648ce3d040302'))

function nameOf(common_name: string): Buffer {
  return der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from(common_name)))))
}

function utcTime(moment: Date): Buffer {
  const text = moment.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return der(0x17, Buffer.from(text.slice(2)))
}

function extension(id: string, value: Buffer): Buffer {
  return der(0x30, oid(id), der(0x04, value))
}
