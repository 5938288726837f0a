import { globSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'

const TESTS = join(import.meta.dirname, '..')

/**
 * Runs these test files, and those of these folders, in this process, one after the other. To start Node, tap and the
 * service for each small file takes longer than its tests. Each is still a file that `npx tap` runs alone.
 */
export async function runTogether(...folders: string[]): Promise<void> {
  const patterns = folders.map(name => (name.endsWith('.test.ts') ? name : `${name}/**/*.test.ts`))
  const files = globSync(patterns, { cwd: TESTS }).toSorted()
  // While this test lasts, tap neither runs those of the files nor ends for want of any.
  await t.test(`the tests of ${folders.join(', ')} are loaded`, async t => {
    for (const file of files) await import(join(TESTS, file))
    t.ok(files.length > 1)
  })
}
