import type { Test } from 'tap'
import type { TestService } from './test-service.ts'
import { startJobWorker, type JobWorker } from '#jobs/job-worker.ts'

/** Works off the jobs of a test's database, looking for them often; stopped when the test ends. */
export function jobWorker(t: Test, { url, context }: TestService): JobWorker {
  const worker = startJobWorker({
    url,
    context,
    onError: error => t.comment(error.name, error.message),
    pollingSeconds: 0.5,
    supervisionSeconds: 1,
  })
  t.teardown(async () => {
    await worker.stop()
  })
  return worker
}

/** Waits until something holds, a bounded time. */
export async function until(holds: () => Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`it did not come about within ${seconds} s`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
