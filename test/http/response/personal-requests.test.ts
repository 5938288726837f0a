import t from 'tap'
import pino from 'pino'
import { buildApp } from '#app.ts'
import { testService } from '../../helpers/test-service.ts'
import { putContract, register } from '../../helpers/fixtures.ts'
import { secret, SECRETS } from './log-secrets.ts'

const { app, call, context, log } = await testService(t)
await putContract(call, 'tour')
await register(call, 'tour', { ...secret, role: 'primary' })

t.test('R31: a client that reads, checks or changes people leaves a line at every log level', async t => {
  const lines: string[] = []
  const logger = pino({ level: 'silent' }, { write: line => void lines.push(line) })
  const quiet = await buildApp({
    context,
    authenticate: () => ({
      name: 'oauth:desk',
      credential: 'access_token',
      names_requester: false,
      on_behalf_of: '00u1',
      scopes: new Set(['contacts:read' as const, 'customers:read' as const, 'senders:check' as const]),
    }),
    logger,
  })
  t.teardown(async () => await quiet.close())
  const contact_id = (await call('GET', '/v1/contracts/tour/contacts')).body.items[0].contact_id
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) =>
    await quiet.inject({
      method,
      url,
      headers: { authorization: 'Bearer x' },
      ...(payload !== undefined && { payload }),
    })
  await ask('GET', '/v1/customers/tour')
  await ask('GET', `/v1/contacts/${contact_id}`)
  await ask('POST', '/v1/sender-checks', { from: 'Secret.Person@secret.example.jp' })
  t.match(
    lines.map(line => JSON.parse(line)),
    [
      {
        client: 'oauth:desk',
        on_behalf_of: '00u1',
        route: '/v1/contacts/:contact_id',
        path: { contact_id },
        status: 200,
      },
      { client: 'oauth:desk', on_behalf_of: '00u1', route: '/v1/sender-checks', status: 200 },
    ],
  )
  for (const line of lines) for (const word of SECRETS) t.notOk(line.includes(word), `${word} in ${line}`)
})

/** The log line of a request with a credential that is not valid. */
const refusedFrom = async (remoteAddress: string, authorization?: string) => {
  log.length = 0
  await app.inject({
    url: '/v1/apps',
    remoteAddress,
    headers: { ...(authorization !== undefined && { authorization }) },
  })
  return JSON.parse(log[0]!)
}

t.test('a refused credential leaves the network that it came from, and which key it was', async t => {
  const key = `mdg_live_4fQz${'a'.repeat(45)}`
  t.match(await refusedFrom('198.51.100.7', `Bearer ${key}`), {
    status: 401,
    network: '198.51.100.0/24',
    credential: 'mdg_live_4fQz',
  })
  t.match(await refusedFrom('2001:db8:1:2::3', 'Bearer a.b.c'), {
    network: '2001:db8:1::/48',
    credential: 'access token',
  })
  t.match(await refusedFrom('::ffff:198.51.100.7', 'Bearer secret'), {
    network: '198.51.100.0/24',
    credential: 'another text',
  })
  t.match(await refusedFrom('198.51.100.7', 'Basic c2VjcmV0'), { credential: 'not a bearer token' })
  t.match(await refusedFrom('198.51.100.7'), { status: 401, credential: 'none' })
})
