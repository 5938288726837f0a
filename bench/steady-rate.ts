import { Agent, request } from 'node:http'
import type { Sample } from './alternating.ts'

type Asked = { origin: string; path: string; headers: Record<string, string>; body: () => string }

/**
 * Requests at a steady rate, whatever the answers take, as callers that do not know of each other send them. Times
 * count from the moment that a request was due, so that one slow answer does not hide what it held up.
 */
export async function steadyRate(
  { origin, path, headers, body }: Asked,
  per_second: number,
  seconds: number,
): Promise<Sample> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const times: number[] = []
  const failures: unknown[] = []
  const ask = async (due: number): Promise<void> =>
    await new Promise(resolve => {
      const payload = body()
      const asked = request(
        origin + path,
        { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(payload) } },
        answer => {
          answer.resume()
          answer.on('end', () => {
            times.push(performance.now() - due)
            if (answer.statusCode !== 200) failures.push(answer.statusCode)
            resolve()
          })
        },
      )
      asked.on('error', error => {
        failures.push(error)
        resolve()
      })
      asked.end(payload)
    })
  const [since, asked]: [number, Promise<void>[]] = [performance.now(), []]
  while (asked.length < per_second * seconds) {
    const due = Math.min(per_second * seconds, Math.floor(((performance.now() - since) / 1000) * per_second))
    while (asked.length < due) asked.push(ask(since + ((asked.length + 1) / per_second) * 1000))
    await new Promise(resolve => setTimeout(resolve, 1))
  }
  await Promise.all(asked)
  agent.destroy()
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${asked.length} requests failed: ${String(failures[0])}`)
  const sorted = times.toSorted((a, b) => a - b)
  return { p50_ms: sorted[Math.floor(sorted.length * 0.5)]!, p99_ms: sorted[Math.floor(sorted.length * 0.99)]! }
}
