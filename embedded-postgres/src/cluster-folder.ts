import { accessSync, constants, existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

export type ClusterFolder = { home: string; data: string; password: string; log: string; startLock: string }

/** Makes the data folder if it is missing, readable to its owner only. Refuses a folder that this user may not use. */
export function openClusterFolder(dataDir: string): ClusterFolder {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code
    throw new Error(
      `the data folder ${dataDir} cannot be made or written by this user (${reason}): ` +
        'give it to this user, name another, or set DATABASE_URL',
      { cause },
    )
  }
  // A folder has a single real name: a running Postgres is recognised by it.
  const home = realpathSync(dataDir)
  return {
    home,
    data: join(home, 'pg18'),
    password: join(home, 'password'),
    log: join(home, 'postgres.log'),
    startLock: join(home, 'start.lock'),
  }
}

export const hasCluster = ({ data }: ClusterFolder): boolean => existsSync(join(data, 'PG_VERSION'))

/** The password of the role `app`. Refuses a cluster whose password file is gone. */
export function readPassword(folder: ClusterFolder): string {
  try {
    return readFileSync(folder.password, 'utf8').trim()
  } catch (cause) {
    throw new Error(
      `the password of the PostgreSQL in ${folder.data} cannot be read from ${folder.password}: ` +
        'restore that file, or remove both to begin with an empty database',
      { cause },
    )
  }
}
