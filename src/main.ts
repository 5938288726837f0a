import closeWithGrace from 'close-with-grace'
import { readConfig } from './config.ts'
import { startService } from './service.ts'

try {
  const service = await startService(readConfig())
  closeWithGrace({ delay: 10_000 }, async ({ err }) => {
    if (err !== undefined) service.log.fatal({ err }, 'stopping after an unexpected error')
    await service.close()
  })
  for (const line of service.greeting) console.log(line)
} catch (error) {
  console.error(`Madoguchi cannot start: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
