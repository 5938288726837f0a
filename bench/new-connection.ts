import { request } from 'node:http'
import { HEADERS } from './bench-service.ts'

/** One request on a connection of its own; its status and how long it took. */
export async function ask(origin: string): Promise<{ status: number; ms: number }> {
  const since = performance.now()
  return await new Promise(resolve => {
    const end = (status: number): void => resolve({ status, ms: performance.now() - since })
    const asked = request(`${origin}/v1/sender-checks`, { method: 'POST', agent: false, headers: HEADERS }, answer => {
      answer.resume().on('end', () => {
        end(answer.statusCode ?? 0)
      })
    })
    asked
      .on('error', () => {
        end(0)
      })
      .end('{"from":"somebody@example.co.jp"}')
  })
}
