import pino from 'pino'
import { buildApp } from '#app.ts'
import { workPace } from '#actions/support/work-pace.ts'
import { systemClock } from '#clock.ts'
import { openDatabase } from '#db/driver/database.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import type { TypedApp } from '#http/route-config.ts'

/** Gives the app to a function that writes a document from its routes. Nothing connects to the database. */
export async function withUnconnectedApp(write: (app: TypedApp) => Promise<void>): Promise<void> {
  const database = openDatabase(
    { url: 'postgres://unused', pool_size: 1, connect_timeout: 1_000, statement_timeout: 1_000, lock_timeout: 1_000 },
    () => {},
  )
  const app = await buildApp({
    context: {
      database,
      clock: systemClock('Asia/Tokyo'),
      newId: () => '',
      enqueue: async () => {},
      retention: RETENTION_DEFAULTS,
      pace: workPace(),
    },
    authenticate: () => undefined,
    logger: pino({ level: 'silent' }),
  })
  await write(app)
  await app.close()
  await database.close()
}
