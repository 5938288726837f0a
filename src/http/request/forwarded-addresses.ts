import type { FastifyInstance } from 'fastify'

const IPV4_WITH_PORT = /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/
const IPV6_IN_BRACKETS = /^\[([0-9a-f:.]+)\](?::\d{1,5})?$/i

/**
 * Reads addresses in `X-Forwarded-For` without their ports, which some proxies add: with a port, the address would not
 * count, and the client would be taken for the proxy. To be called before anything looks at the client's address.
 */
export function readForwardedAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const given = request.raw.headers['x-forwarded-for']
    if (typeof given === 'string') request.raw.headers['x-forwarded-for'] = given.split(',').map(withoutPort).join(', ')
    done()
  })
}

function withoutPort(text: string): string {
  const address = text.trim()
  return (IPV4_WITH_PORT.exec(address) ?? IPV6_IN_BRACKETS.exec(address))?.[1] ?? address
}
