import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

/**
 * A folder for a server's data. It is removed after the server has stopped: tap removes its own `testdir` before what a
 * test tears down, and so from under a server that still writes.
 */
export function dataFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-data-'))
  chmodSync(folder, 0o755) // a server that root starts runs as another user
  t.teardown(async () => await rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
