import { sql } from 'kysely'
import type { Test } from 'tap'
import type { TestService } from './test-service.ts'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import { startJobWorker, type JobWorker } from '#jobs/job-worker.ts'

/** Works off the jobs of a test's database, looking for them often; stopped when the test ends. */
export function jobWorker(
  t: Test,
  { url, context }: Pick<TestService, 'url' | 'context'>,
  pollingSeconds = 0.5,
): JobWorker {
  const worker = startJobWorker({
    url,
    context,
    onError: error => t.comment(error.name, error.message),
    pollingSeconds,
    supervisionSeconds: 1,
  })
  t.teardown(async () => {
    await worker.stop()
  })
  return worker
}

type FoundJob = { state: string; start: string; retries: number }

/** The jobs of a queue for one id, the oldest first. */
export async function jobsOf(db: Db, queue: string, id: string): Promise<FoundJob[]> {
  return await db.run(
    compiled(sql<FoundJob>`
  select state::text, start_after as start, retry_count as retries from pgboss.job
  where name = ${queue} and data ->> 'id' = ${id} order by created_on`),
  )
}

/** Makes every waiting job due. The clock of jobs is the database's, and tests do not set it. */
export async function makeJobsDue(db: Db): Promise<void> {
  await db.run(compiled(sql`update pgboss.job set start_after = now() - interval '1 second' where state = 'created'`))
}
