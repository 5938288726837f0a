import { url as inspectorUrl } from 'node:inspector'

/**
 * Refuses what a production's Node must not do: answer a debugger, which reads and changes everything without a key, or
 * take any certificate for the database's and the identity provider's.
 */
export function assertProductionProcess(variables: NodeJS.ProcessEnv): void {
  if (inspectorUrl() !== undefined)
    throw new Error('Node must not be started with --inspect when NODE_ENV is production: see NODE_OPTIONS')
  if (variables['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    throw new Error('env/NODE_TLS_REJECT_UNAUTHORIZED must not be 0 when NODE_ENV is production')
}
