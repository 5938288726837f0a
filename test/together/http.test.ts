import { runTogether } from '../helpers/run-together.ts'

await runTogether('http/openapi', 'http/problems', 'http/request', 'http/response')
