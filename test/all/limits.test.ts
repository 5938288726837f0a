import { runTogether } from '../helpers/run-together.ts'

await runTogether(
  'http/limits/bad-neighbours.test.ts',
  'http/limits/hostile-clients.test.ts',
  'http/limits/large-bodies.test.ts',
  'http/limits/rate-limits.test.ts',
)
