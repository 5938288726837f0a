import type { Db as LibraryDatabase } from 'pg-boss'
import { openDatabase } from '#db/driver/database.ts'

export type JobDatabase = LibraryDatabase & { close(): Promise<void> }

/**
 * The connections of the job library, which are connections as requests have them: one whose peer vanished is found
 * within seconds, so that jobs are not late by the time that a statement may take.
 */
export function openJobDatabase(url: string): JobDatabase {
  const database = openDatabase(
    {
      url,
      pool_size: 2,
      connect_timeout: 3_000,
      statement_timeout: 60_000,
      lock_timeout: 30_000,
      application_name: 'madoguchi-jobs',
    },
    () => {}, // the statement that fails with its connection is reported
  )
  return {
    executeSql: async (text, values = []) => {
      const client = await database.connect()
      try {
        const rows = await client.send<object>({ name: '', text, values })
        client.release()
        return { rows }
      } catch (error) {
        client.release(true) // a script may have left its transaction open
        throw error
      }
    },
    close: async () => await database.close(),
  }
}
