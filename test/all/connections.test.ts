import { runTogether } from '../helpers/run-together.ts'

await runTogether(
  'http/contended.test.ts',
  'http/failing-database.test.ts',
  'http/outage.test.ts',
  'http/raw-targets.test.ts',
  'http/replaced-connections.test.ts',
  'http/socket.test.ts',
  'http/vanished-peer.test.ts',
)
