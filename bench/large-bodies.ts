import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { memoryOf, type BenchService } from './bench-service.ts'
import { ask } from './new-connection.ts'

export const BODIES = Number(process.env['BODIES'] ?? 1000)
const MEGABYTE = 1024 * 1024
export const PARALLEL_BODIES = 200

/**
 * One request with a body of eight megabytes; its status, or 0 where the connection was cut off before that could be
 * read.
 */
async function sendBody(
  origin: string,
  { authorization, chunked }: { authorization: string; chunked: boolean },
): Promise<number> {
  const { port } = new URL(origin)
  const socket = connect(Number(port), '127.0.0.1')
  const answers: Buffer[] = []
  socket
    .on('data', data => {
      answers.push(data)
    })
    .on('error', () => {})
  const closed = new Promise(resolve => {
    socket.once('close', resolve)
  })
  socket.write(
    `POST /v1/sender-checks HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Type: ` +
      `application/json\r\n${chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${8 * MEGABYTE}`}\r\n` +
      `\r\n`,
  )
  const piece = Buffer.alloc(65_536, 'x')
  for (let sent = 0; sent < 8 * MEGABYTE && !socket.destroyed && answers.length === 0; sent += piece.length) {
    const flushed = socket.write(
      chunked ? Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]) : piece,
    )
    if (!flushed)
      await Promise.race([
        new Promise(resolve => {
          socket.once('drain', resolve)
        }),
        closed,
      ])
  }
  await Promise.race([closed, wait(5000, undefined, { ref: false })])
  socket.destroy()
  return Number(answers[0]?.toString().split(' ')[1] ?? 0)
}

/** Sends many large bodies, and answers by how many megabytes memory has risen. */
export async function largeBodies(
  service: BenchService,
  name: string,
  kind: { authorization: string; chunked: boolean },
): Promise<number> {
  const before = await memoryOf(service.pid)
  const statuses = new Map<number, number>()
  let [left, most] = [BODIES, before]
  const watch = setInterval(async () => {
    most = Math.max(most, await memoryOf(service.pid))
  }, 20)
  await Promise.all(
    Array.from({ length: PARALLEL_BODIES }, async () => {
      while (left-- > 0) {
        const status = await sendBody(service.origin, kind)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    }),
  )
  clearInterval(watch)
  const good = await ask(service.origin)
  console.log(
    `  ${name}: statuses ${[...statuses].map(([status, count]) => `${status} × ${count}`).join(', ')}; ` +
      `memory ${before.toFixed(0)} → at most ${most.toFixed(0)} MB (+${(most - before).toFixed(0)}); a good ` +
      `client then gets ${good.status}`,
  )
  if (good.status !== 200) throw new Error('a good client was refused')
  return most - before
}
