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

const MAJOR_VERSION = '18'

/**
 * Whether the folder holds a cluster. Refuses one that is damaged, or that was there and is gone: a new one in its
 * place would look like a registry that has lost everything.
 */
export function hasCluster({ home, data, password, log }: ClusterFolder): boolean {
  const file = join(data, 'PG_VERSION')
  if (existsSync(file)) {
    const version = readFileSync(file, 'utf8').trim()
    if (version === MAJOR_VERSION) return true
    throw new Error(
      `${file} is damaged, or of another version: it says ${JSON.stringify(version.slice(0, 20))} and not ` +
        `${MAJOR_VERSION}. Restore ${data} from a backup`,
    )
  }
  if (existsSync(data) || existsSync(log))
    throw new Error(
      `the data folder ${home} had a database, and ${existsSync(data) ? file : data} is gone: restore it from a ` +
        `backup. To begin with an empty database instead, remove ${data}, ${password} and ${log}`,
    )
  return false
}

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
