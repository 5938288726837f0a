import { writeFile } from 'node:fs/promises'
import pino from 'pino'
import { buildApp } from '../app.ts'
import { systemClock } from '../clock.ts'
import { openDatabase } from '#db/database.ts'
import { documentJson } from '#http/document.ts'

// Writes openapi/openapi.json anew from the routes: `npm run openapi:write`. Nothing connects: the database stays unused.
const database = openDatabase({ url: 'postgres://unused', pool_size: 1, connect_timeout: 1_000, statement_timeout: 1_000, lock_timeout: 1_000 }, () => {})
const app = await buildApp({
  context: { database, clock: systemClock('Asia/Tokyo'), newId: () => '', enqueue: async () => {} },
  authenticate: () => undefined,
  logger: pino({ level: 'silent' })
})
await writeFile(new URL('../../openapi/openapi.json', import.meta.url), documentJson(app))
await app.close()
await database.close()
