import { Agent, request } from 'node:http'
import { OPEN_CONTRACTS } from './requests.ts'
import { HEADERS } from './bench-service.ts'

/** A registration that was answered, and when, by the clock of `performance`. */
type Registered = { contact_id: string; answered_at: number }

/**
 * Registers people at a steady rate, whatever the answers take, as callers that do not know of each other do. Each
 * answer comes to `onRegistered`. Answers how long the registrations took, in milliseconds, the shortest first.
 */
export async function steadyRegistrations(
  origin: string,
  { per_second, seconds }: { per_second: number; seconds: number },
  onRegistered: (registered: Registered) => void = () => {},
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const run = Math.random().toString(36).slice(2)
  const times: number[] = []
  const register = async (n: number): Promise<void> => {
    const due = performance.now()
    const answer = await post(agent, `${origin}/v1/contracts/open-${1 + (n % OPEN_CONTRACTS)}/contacts`, {
      role: 'secondary',
      family_name: '山田',
      given_name: '太郎',
      email: `${run}-${n}@bench.example.jp`,
      privacy_notice_version: '2025-10',
    })
    const answered_at = performance.now()
    times.push(answered_at - due)
    onRegistered({ contact_id: answer.contact_id, answered_at })
  }
  const since = performance.now()
  const asked: Promise<void>[] = []
  while (asked.length < per_second * seconds) {
    const due = Math.min(per_second * seconds, Math.floor(((performance.now() - since) / 1000) * per_second))
    while (asked.length < due) asked.push(register(asked.length))
    await new Promise(resolve => setTimeout(resolve, 2))
  }
  await Promise.all(asked)
  agent.destroy()
  return times.toSorted((a, b) => a - b)
}

async function post(agent: Agent, url: string, body: object): Promise<{ contact_id: string }> {
  const payload = JSON.stringify(body)
  return await new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: 'POST', agent, headers: { ...HEADERS, 'content-length': Buffer.byteLength(payload) } },
      answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', chunk => (text += chunk))
        answer.on('end', () => {
          if (answer.statusCode === 201) resolve(JSON.parse(text) as { contact_id: string })
          else reject(new Error(`${answer.statusCode}: ${text}`))
        })
      },
    )
    asked.on('error', reject)
    asked.end(payload)
  })
}

/** A share of sorted times, as text. */
export function percentile(sorted: readonly number[], part: number): string {
  return `${(sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(0)} ms`
}
