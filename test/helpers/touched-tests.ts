import { runTogether } from './run-together.ts'

// `npm run test:quick` says which tests these are.
await runTogether(...(process.env['TOUCHED_TESTS'] ?? '').split(',').map(file => file.replace(/^test\//, '')))
