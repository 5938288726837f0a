import closeWithGrace, { type Options } from 'close-with-grace'
import { readConfig } from '#config/config.ts'
import { startService } from '#start/start-service.ts'

// These listeners stay for good, because npm passes on a Ctrl-C that the service has had from the terminal already: the
// second signal must not cut the stop short, which would leave the embedded database running.
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const
// Node would open its debugger at the first, which asks for no key, and end at the second, which tools send to have log
// files opened again.
const IGNORED = ['SIGUSR1', 'SIGUSR2'] as const

// Every step of a stop has a bound of its own. This is the last resort, and ends with status 1.
const LAST_RESORT = 30_000

try {
  for (const signal of IGNORED) process.on(signal, () => {})
  const config = readConfig()
  const starting = startService(config)
  const options = { delay: config.shutdown_delay + LAST_RESORT, skip: [...STOPS, 'SIGUSR2'] } satisfies Options
  const { close } = closeWithGrace(options, async ({ err }) => {
    const service = await starting
    if (err !== undefined) service.log.fatal({ err }, 'stopping after an unexpected error')
    await service.close(err === undefined ? config.shutdown_delay : 0)
  })
  let isStopping = false
  for (const signal of STOPS) {
    process.on(signal, () => {
      if (!isStopping) close()
      isStopping = true
    })
  }
  console.log((await starting).greeting.join('\n'))
} catch (error) {
  console.error(`Madoguchi cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
