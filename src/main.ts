import closeWithGrace from 'close-with-grace'
import { readConfig } from '#config/config.ts'
import { startService } from '#service.ts'

// These listeners stay for good, because npm passes on a Ctrl-C that the service has had from the terminal already: the
// second signal must not cut the stop short, which would leave the embedded database running.
const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

try {
  const starting = startService(readConfig())
  const { close } = closeWithGrace({ delay: 10_000, skip: [...STOPS] }, async ({ err }) => {
    const service = await starting
    if (err !== undefined) service.log.fatal({ err }, 'stopping after an unexpected error')
    await service.close()
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
