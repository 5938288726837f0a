import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import Fastify from 'fastify'
import t from 'tap'
import { fullPace } from '../../helpers/full-pace.ts'
import { until } from '../../helpers/until.ts'
import { countRequests } from '#http/limits/counted-requests.ts'

t.test('a request is counted until its answer, or until its client has gone', async t => {
  const counted = { begun: 0, ended: 0 }
  const app = Fastify()
  countRequests(app, {
    ...fullPace(),
    beginRequest: () => {
      counted.begun++
      return () => void counted.ended++
    },
  })
  const { promise: answer, resolve } = Promise.withResolvers<string>()
  app.get('/work', async () => 'done')
  app.get('/slow', async () => await answer)
  app.get('/alive', { config: { probe: true } }, async () => 'alive')
  app.get('/v1/imports/:import_id', async () => 'running')
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(async () => {
    resolve('late')
    await app.close()
  })
  const { port } = app.server.address() as AddressInfo
  const ask = async (path: string): Promise<string> => await (await fetch(`http://127.0.0.1:${port}${path}`)).text()
  t.equal(await ask('/work'), 'done')
  await until(async () => counted.ended === 1)
  t.same(
    [await ask('/alive'), await ask('/v1/imports/1')],
    ['alive', 'running'],
    'health checks, and looks at how far an import is',
  )
  t.same(counted, { begun: 1, ended: 1 }, 'are not')
  const client = connect(port, '127.0.0.1')
  await once(client, 'connect')
  client.write('GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await until(async () => counted.begun === 2)
  t.equal(counted.ended, 1)
  client.destroy()
  await until(async () => counted.ended === 2)
})
