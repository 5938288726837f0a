import { v7 as uuidv7 } from 'uuid'
import { systemClock } from '#clock.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import { openDatabase } from '#db/driver/database.ts'
import { jobSender } from '#jobs/job-queues.ts'
import { startJobWorker } from '#jobs/job-worker.ts'
import { fullPace } from '../helpers/full-pace.ts'

// A process that does nothing but work off jobs of the database that it is given, until it is killed.
const url = process.argv[2]!
const database = openDatabase(
  { url, pool_size: 2, connect_timeout: 10_000, statement_timeout: 60_000, lock_timeout: 60_000 },
  () => {},
)
startJobWorker({
  url,
  context: {
    database,
    clock: systemClock('Asia/Tokyo'),
    newId: uuidv7,
    enqueue: jobSender(database),
    retention: RETENTION_DEFAULTS,
    pace: fullPace(),
  },
  onError: () => {},
  pollingSeconds: 0.5,
  supervisionSeconds: 1,
})
