import { globSync } from 'node:fs'
import { join } from 'node:path'

// The tests of the rules share one process: to start one for each of their files would take longer than to run them.
for (const file of globSync('domain/**/*.test.ts', { cwd: import.meta.dirname }).toSorted())
  await import(join(import.meta.dirname, file))
