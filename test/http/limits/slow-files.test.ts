import t from 'tap'
import { HEAD, listening } from './listening.ts'
import { sendRaw } from '../../helpers/raw-http.ts'

const FILE = 2 * 1024 * 1024

/** The head of a request with a file of so many bytes. */
function headOf(length: number): string {
  return (
    `POST /v1/imports?dry_run=true HTTP/1.1\r\n${HEAD}Connection: close\r\nContent-Type: text/csv\r\n` +
    `Content-Length: ${length}\r\n\r\n`
  )
}

t.test('R39: a file that the service reads slowly may come for longer than a request', async t => {
  const { app, port, context } = await listening(t, { request_timeout: 1000 })
  const { promise: isOver, resolve } = Promise.withResolvers<void>()
  const late: (string | undefined)[] = []
  app.server.on('clientError', ({ code }: Error & { code?: string }) => {
    late.push(code)
    resolve()
  })
  context.pace = { ...context.pace, turns: () => async () => await isOver }
  const line = 'C-1,primary,山田,太郎,yamada@aozora.example.jp\n'
  const rows = line.repeat(FILE / Buffer.byteLength(line))
  const file = Buffer.from(`contract_id,role,family_name,given_name,email\n${rows}`)
  const answer = await sendRaw(port, Buffer.concat([Buffer.from(headOf(file.length)), file]))
  t.equal(answer.status, 202)
  t.same(late, ['ERR_HTTP_REQUEST_TIMEOUT'], 'it was late')
  const slow = await sendRaw(port, `${headOf(1000)}contract_id,role\n`)
  t.equal(slow.status, 408, 'a client that is slow itself is cut off')
})
