import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { startBenchDatabase } from './bench-database.ts'
import { HEADERS, memoryOf, startBenchService, type BenchService } from './bench-service.ts'
import { figuresOf, show, type Figures } from './figures.ts'
import { BODIES, largeBodies, PARALLEL_BODIES } from './large-bodies.ts'
import { ask } from './new-connection.ts'

// What hostile clients cost the others: ten thousand connections that send one byte a second, from one address and from
// many, next to a good client; and a thousand requests with bodies of eight megabytes, by their length and in chunks,
// with a key and without. Everything stays on this machine. `node bench/hostile.ts`; CONNECTIONS, BODIES and SECONDS
// say how much. Ends with an error where a good client was refused, or memory rose by more than 64 MB.

const CONNECTIONS = Number(process.env['CONNECTIONS'] ?? 10_000)
const SECONDS = Number(process.env['SECONDS'] ?? 20)
const MEMORY_LIMIT = 64

/** How many files this process may open; Node has raised the soft limit to the hard one when it started. */
function assertFiles(): void {
  const report = process.report.getReport() as unknown as {
    userLimits?: { open_files?: { soft: number | 'unlimited' } }
  }
  const files = report.userLimits?.open_files?.soft ?? 'unlimited'
  const needed = CONNECTIONS + 500
  if (files !== 'unlimited' && files < needed)
    throw new Error(
      `${needed} open files are needed here and in the service, ${files} are allowed: ulimit -n ${needed}, ` +
        `or fewer with CONNECTIONS=${Math.max(0, files - 500)}`,
    )
}

type Attack = { open(): number; stop(): void }

/**
 * Connections that begin a request and go on by one byte a second, `each` of them from one address. Who is cut off
 * comes back after ten seconds, more or less.
 */
async function dribble(port: number, count: number, each: number): Promise<Attack> {
  const sockets = new Set<Socket>()
  let is_over = false
  const open = (index: number): void => {
    if (is_over) return
    const socket = connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + Math.floor(index / each)}` }, () => {
      socket.write('POST /v1/sender-checks HTTP/1.1\r\nX-Slow: ')
    })
    sockets.add(socket)
    socket
      .on('error', () => {})
      .on('close', () => {
        sockets.delete(socket)
        setTimeout(open, 5000 + 10_000 * Math.random(), index).unref()
      })
  }
  for (let index = 0; index < count; index++) {
    open(index)
    if (index % 200 === 199) await wait(10)
  }
  const drops = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('a')
  }, 1000)
  return {
    open: () => sockets.size,
    stop: () => {
      is_over = true
      clearInterval(drops)
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** A good client that asks ten times a second, each time on a new connection. */
async function goodClient(origin: string): Promise<{ refused: number; asked: number; ms: Figures; p99: number }> {
  const answers = []
  for (const until = performance.now() + SECONDS * 1000; performance.now() < until; await wait(100))
    answers.push(await ask(origin))
  const times = answers.map(({ ms }) => ms).toSorted((a, b) => a - b)
  return {
    asked: answers.length,
    refused: answers.filter(({ status }) => status !== 200).length,
    ms: figuresOf(times),
    p99: times[Math.ceil(times.length * 0.99) - 1]!,
  }
}

async function slowConnections({ origin, pid }: BenchService, name: string, each: number): Promise<number> {
  const attack = await dribble(Number(new URL(origin).port), CONNECTIONS, each)
  await wait(1000)
  const good = await goodClient(origin)
  console.log(
    `  ${name}: ${good.asked} asked, ${good.refused} refused, ms ${show(good.ms, 1)}, p99 ` +
      `${good.p99.toFixed(1)}; memory ${(await memoryOf(pid))?.toFixed(0)} MB`,
  )
  attack.stop()
  await wait(2000)
  return good.refused
}

assertFiles()
const database = await startBenchDatabase()
const service = await startBenchService(database)
try {
  for (let warm = 0; warm < 500; warm++) await ask(service.origin)
  console.log(`A good client, a new connection for every request, ${SECONDS} s each (median (least–greatest))`)
  const quiet = await goodClient(service.origin)
  console.log(
    `  alone: ${quiet.asked} asked, ${quiet.refused} refused, ms ${show(quiet.ms, 1)}, p99 ` +
      `${quiet.p99.toFixed(1)}; memory ${(await memoryOf(service.pid)).toFixed(0)} MB`,
  )
  const refused = [
    await slowConnections(service, `with ${CONNECTIONS} dribbling connections of one address`, CONNECTIONS),
    await slowConnections(
      service,
      `with ${CONNECTIONS} dribbling connections of twenty addresses`,
      Math.ceil(CONNECTIONS / 20),
    ),
  ]
  console.log(`${BODIES} requests with bodies of 8 MB, ${PARALLEL_BODIES} at once`)
  const risen = [
    await largeBodies(service, 'by their length, with a key', { authorization: HEADERS.authorization, chunked: false }),
    await largeBodies(service, 'in chunks, with a key', { authorization: HEADERS.authorization, chunked: true }),
    await largeBodies(service, 'in chunks, without a key', { authorization: 'Bearer nobody', chunked: true }),
  ]
  if (refused.some(count => count > 0) || risen.some(megabytes => megabytes > MEMORY_LIMIT)) {
    console.error(`A good client is to be answered always, and memory to rise by ${MEMORY_LIMIT} MB at most.`)
    process.exitCode = 1
  }
} finally {
  await service.stop()
  await database.stop()
}
