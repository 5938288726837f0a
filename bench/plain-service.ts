import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { HEADERS } from './bench-service.ts'

export type PlainService = { origin: string; stop(): Promise<void> }

/**
 * What the service is compared with, as a process of its own: `plain-targets.ts`. `constant` is what its bare route
 * answers.
 */
export async function startPlainService(database_url: string, constant: object): Promise<PlainService> {
  const child = spawn(process.execPath, ['bench/plain-targets.ts'], {
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: database_url, CONSTANT: JSON.stringify(constant) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const origin = line.toString().trim().replace(/\/$/, '')
  await fetch(`${origin}/constant`, { method: 'POST', headers: HEADERS, body: '{}' }).then(
    async answer => await answer.arrayBuffer(),
  )
  return {
    origin,
    stop: async () => {
      child.kill()
      await once(child, 'exit')
    },
  }
}
