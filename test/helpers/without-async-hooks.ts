import asyncHooks from 'node:async_hooks'
import { syncBuiltinESMExports } from 'node:module'

// tap follows every promise by async hooks, to say in which test an error was thrown that nothing caught. That takes a
// fifth of the time of tests that ask the service much. Without it such an error ends the process, and the file fails.
const NEVER_ENABLED = asyncHooks.createHook({})
NEVER_ENABLED.enable = () => NEVER_ENABLED
asyncHooks.createHook = () => NEVER_ENABLED
syncBuiltinESMExports()
