import { verifyHistory } from '#actions/history/verify-history.ts'
import { readConfig } from '#config/config.ts'
import { openDatabase } from '#db/driver/database.ts'

// R40: proves that the record of changes is as it was: `npm run verify-history`. A head that was kept elsewhere, as
// `2048:<hash>`, shows that the end of the record is there too.
const STATEMENT_TIMEOUT = 60_000

try {
  const { database_url } = readConfig()
  if (database_url === null) throw new Error('name the database in DATABASE_URL')
  const options = { url: database_url, pool_size: 1, connect_timeout: 5_000, lock_timeout: 5_000 }
  const database = openDatabase({ ...options, statement_timeout: STATEMENT_TIMEOUT }, () => {})
  const { end, broken } = await verifyHistory(database, headOf(process.argv[2])).finally(
    async () => await database.close(),
  )
  console.log(`Verified: ${end.event_id} entries. Head: ${end.event_id}:${end.hash?.toString('hex') ?? ''}`)
  if (broken !== null) {
    console.error(`The record is broken: ${JSON.stringify(broken)}`)
    process.exitCode = 1
  }
} catch (error) {
  console.error(`The history was not verified: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 2
}

function headOf(text: string | undefined) {
  if (text === undefined) return undefined
  const [, number = '', hash = ''] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (number === '') throw new Error('a head is a number, a colon and 64 hexadecimal digits')
  return { event_id: Number(number), hash: Buffer.from(hash, 'hex') }
}
