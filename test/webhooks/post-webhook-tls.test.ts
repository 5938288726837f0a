import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { readConfig } from '#config/config.ts'
import { postWebhook } from '#webhooks/post-webhook.ts'
import { certificateAuthority, certificateFor, type Issued } from '../helpers/test-certificates.ts'
import { WEBHOOKS_OF_TESTS } from '../helpers/test-service.ts'

const [own, other] = [certificateAuthority('Our own authority'), certificateAuthority('Another authority')]

/** A receiver on this machine with this certificate; how many messages it got. */
async function receiver({ cert, key }: Issued) {
  const received: string[] = []
  const server = createServer({ cert, key }, (request, response) => {
    received.push(request.url ?? '')
    response.writeHead(204).end()
  })
  server.on('tlsClientError', () => {}) // the service breaks off
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return { received, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

const send = async (url: string, ca: string | null) =>
  await postWebhook({ url, headers: {}, body: '{}' }, { ...WEBHOOKS_OF_TESTS, ca })

t.test('R37: a receiver with a certificate from an authority of its own is called where that is set', async t => {
  const { received, url } = await receiver(certificateFor(own, '127.0.0.1'))
  t.match(await send(url, own.cert), { status: 204, error: null })
  t.same(received, ['/hook'])
})

t.test('R37: nothing goes to a receiver whose certificate does not hold', async t => {
  const good = certificateFor(own, '127.0.0.1')
  const cases: [string, Issued, string | null][] = [
    ['an authority that is not set', good, null],
    ['another authority', good, other.cert],
    ['an expired certificate', certificateFor(own, '127.0.0.1', [-3, -2]), own.cert],
    ['one that is not valid yet', certificateFor(own, '127.0.0.1', [2, 3]), own.cert],
    ['one of another host', certificateFor(own, '127.0.0.2'), own.cert],
  ]
  for (const [what, certificate, ca] of cases) {
    const { received, url } = await receiver(certificate)
    t.match(await send(url, ca), { status: null, error: 'tls' }, what)
    t.same(received, [], what)
  }
})

t.test('R37: the authority is read from the file that WEBHOOK_CA_FILE names', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'webhook-ca-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  const file = join(folder, 'ca.pem')
  await writeFile(file, own.cert)
  const { webhooks } = readConfig({ WEBHOOK_CA_FILE: file })
  const { received, url } = await receiver(certificateFor(own, '127.0.0.1'))
  t.match(await postWebhook({ url, headers: {}, body: '{}' }, { ...webhooks, allowed_ranges: ['127.0.0.1'] }), {
    status: 204,
  })
  t.equal(received.length, 1)
})
