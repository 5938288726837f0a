import { once } from 'node:events'
import type { Socket } from 'node:net'
import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { sendRaw } from '../../helpers/raw-http.ts'
import { HEAD, listening, openMany } from './listening.ts'

const put = (fields: string): string =>
  `PUT /v1/customers/large HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\n${fields}\r\n`
const MEGABYTE = 1024 * 1024

t.test('a body that is too large is refused by what its head says, or where it exceeds the limit', async t => {
  const { port, call } = await listening(t)
  const declared = await sendRaw(port, put(`Content-Length: ${8 * MEGABYTE}\r\n`))
  t.match(
    declared,
    {
      status: 413,
      headers: { connection: 'close' },
      body: { type: '/problems/payload-too-large', limit_bytes: MEGABYTE },
    },
    'before a byte of it has come',
  )
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const streamed = await sendRaw(port, put('Transfer-Encoding: chunked\r\n') + chunk.repeat(17))
  t.match(
    streamed,
    { status: 413, headers: { connection: 'close' }, body: { type: '/problems/payload-too-large' } },
    'with the end still to come',
  )
  t.match(
    await sendRaw(port, put(`Content-Length: ${8 * MEGABYTE}\r\n`).replace('test-key', 'wrong')),
    { status: 401, headers: { connection: 'close' } },
    'without a key nothing of it is waited for',
  )
  t.equal((await call('GET', '/v1/customers/large')).status, 404)
})

t.test('only so many large bodies are taken at once; small ones always', async t => {
  const { port, call } = await listening(t)
  const name = JSON.stringify({ name: 'x' })
  const half = (socket: Socket, fields: string): void => {
    socket.write(put(fields) + (fields.startsWith('Transfer') ? '1\r\n{\r\n' : '{'))
  }
  const large = await openMany(t, port, 8)
  for (const socket of large) half(socket, 'Transfer-Encoding: chunked\r\n')
  const refusedLarge = async (): Promise<number> => (await sendRaw(port, put('Transfer-Encoding: chunked\r\n'))).status
  let status
  do status = await refusedLarge()
  while (status !== 503) // until all eight have been begun
  t.match(await sendRaw(port, put('Content-Length: 100000\r\n')), {
    status: 503,
    headers: { 'retry-after': /\d/, connection: 'close' },
    body: { type: '/problems/unavailable' },
  })
  t.match(await call('PUT', '/v1/customers/small', name), { status: 201 })
  for (const socket of large.slice(1)) socket.destroy()
  large[0]!.write(`${(name.length - 1).toString(16)}\r\n${name.slice(1)}\r\n0\r\n\r\n`)
  t.match(String((await once(large[0]!, 'data'))[0]), /^HTTP\/1\.1 201/, 'what had been begun is finished')
  const padded = `{"name":"y"${' '.repeat(100_000)}}`
  const again = async (): Promise<number> =>
    (await sendRaw(port, `${put(`Content-Length: ${padded.length}\r\nConnection: close\r\n`)}${padded}`)).status
  t.equal(await again(), 200, 'what is finished has made room at once')
  const rest = await openMany(t, port, 1)
  half(rest[0]!, 'Transfer-Encoding: chunked\r\n')
  while ((await again()) !== 200);
  t.pass('a client that gave up has made room as well, once its memory has been collected')
})

t.test('a client that goes away while its key is looked up leaves no room taken', async t => {
  const { port, call, callAs, database, connections } = await listening(t)
  const { key } = await createClient(call, ['customers:write'])
  const holder = await database.connect()
  await holder.query('begin')
  await holder.query('lock table api_keys in access exclusive mode')
  const impatient = await openMany(t, port, 8)
  for (const socket of impatient) socket.write(put(`Content-Length: ${MEGABYTE}\r\n`).replace('test-key', key))
  while (
    (await holder.query("select 1 from pg_locks where not granted and relation = 'api_keys'::regclass")).rowCount === 0
  );
  for (const socket of impatient) socket.destroy()
  while ((await connections()) > 0) await new Promise(resolve => setImmediate(resolve))
  await holder.query('rollback')
  holder.release()
  t.equal((await callAs(key)('PUT', '/v1/customers/patient', { name: 'x' })).status, 201, 'the key is known again')
  const padded = `{"name":"y"${' '.repeat(100_000)}}`
  t.equal(
    (await sendRaw(port, `${put(`Content-Length: ${padded.length}\r\nConnection: close\r\n`)}${padded}`)).status,
    201,
  )
})
