import { runTogether } from '../helpers/run-together.ts'

await runTogether('http/auth', 'http/openapi', 'http/problems', 'http/request', 'http/response', 'http/routes')
