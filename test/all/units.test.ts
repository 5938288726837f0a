import { runTogether } from '../helpers/run-together.ts'

await runTogether('config', 'docker', 'imports', 'clock.test.ts', 'ip-ranges.test.ts', 'send-webhook-tls.test.ts')
