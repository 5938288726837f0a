import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { createServer as createHttpServer } from 'node:http'
import type { Test } from 'tap'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'

export const ISSUER = 'https://id.example.com/'
export const AUDIENCE = 'https://madoguchi.example.com'

type SigningKey = { alg: string; kid: string; privateKey: CryptoKey; jwk: JWK }

export type IdentityProvider = {
  url: string
  /** How often the document of keys was asked for. */
  requests: () => number
  /** What is answered when it is asked for. */
  publish: (...keys: SigningKey[]) => void
  answer: (status: number, body: string) => void
  /** Refuses connections until `comeBack`. */
  goAway: () => Promise<void>
  comeBack: () => Promise<void>
}

export async function signingKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

/** A server of public keys on this machine, closed when the test ends. */
export async function identityProvider(t: Test): Promise<IdentityProvider> {
  let requests = 0
  let answer = { status: 200, body: '{"keys":[]}' }
  const server = createHttpServer((_request, response) => {
    requests++
    response.writeHead(answer.status, { 'content-type': 'application/json', connection: 'close' }).end(answer.body)
  })
  const port = await freePort()
  const comeBack = async (): Promise<void> => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const goAway = async (): Promise<void> => {
    if (server.listening) {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    }
  }
  await comeBack()
  t.teardown(goAway)
  return {
    url: `http://127.0.0.1:${port}/keys`,
    requests: () => requests,
    goAway,
    comeBack,
    publish: (...keys) => {
      answer = { status: 200, body: JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }) }
    },
    answer: (status, body) => {
      answer = { status, body }
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

/** A token as the provider would give it at a moment, with claims of its own; undefined leaves one out. */
export async function tokenOf(
  { alg, kid, privateKey }: Omit<SigningKey, 'jwk'>,
  now: string,
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = { typ: 'at+jwt' },
): Promise<string> {
  const seconds = Date.parse(now) / 1000
  const payload = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: '00u1a2b3c4',
    client_id: 'console',
    scope: 'customers:read',
    iat: seconds,
    exp: seconds + 300,
    ...claims,
  }
  return await new SignJWT(JSON.parse(JSON.stringify(payload)))
    .setProtectedHeader({ alg, kid, ...header })
    .sign(privateKey)
}
