import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  accessSync,
  constants,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'
import { POSTGRES_ENVIRONMENT } from './unprivileged-launch.ts'

export type ClusterFolder = { home: string; data: string; password: string; log: string; startLock: string }

/** Makes the data folder, readable to its owner only, unless it is there; refuses one that this user may not use. */
export function openClusterFolder(dataDir: string): ClusterFolder {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code
    throw new Error(
      `the data folder ${dataDir} cannot be made or written by this user (${reason}): give it to this user, name another, or set DATABASE_URL`,
      { cause },
    )
  }
  // One name for one folder: by it a running Postgres is recognised.
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

/** The password of the role `app`; refuses a cluster whose password file is gone. */
export function readPassword(folder: ClusterFolder): string {
  try {
    return readFileSync(folder.password, 'utf8').trim()
  } catch (cause) {
    throw new Error(
      `the password of the PostgreSQL in ${folder.data} cannot be read from ${folder.password}: restore that file, or remove both to begin with an empty database`,
      { cause },
    )
  }
}

/** Makes a new cluster that appears under its name only when complete. */
export async function createCluster(
  folder: ClusterFolder,
  initdb: string,
  launch: UnprivilegedLaunch,
  settings: Record<string, string>,
): Promise<void> {
  removeLeftovers(folder)
  // A name of its own: an initdb whose service was killed may still be writing to (and at its end emptying) the last one.
  const unfinished = `${folder.data}.new-${randomBytes(4).toString('hex')}`
  mkdirSync(unfinished, { mode: 0o700 })
  rmSync(folder.password, { force: true })
  writeFileSync(folder.password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  giveFolderTo(folder, launch)
  lchownSync(unfinished, launch.owner.uid, launch.owner.gid)
  await runInitdb(
    [
      ...launch.prefix,
      initdb,
      '-D',
      unfinished,
      '-U',
      'app',
      '--pwfile',
      folder.password,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
      ...(settings['fsync'] === 'off' ? ['--no-sync'] : []),
    ],
    folder,
    launch,
  )
  renameSync(unfinished, folder.data)
}

async function runInitdb(
  [program = '', ...args]: string[],
  folder: ClusterFolder,
  launch: UnprivilegedLaunch,
): Promise<void> {
  try {
    await promisify(execFile)(program, args, { ...launch.options, cwd: folder.home, env: POSTGRES_ENVIRONMENT })
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string }
    throw new Error(
      `initdb could not make a database in ${folder.home} (${stderr?.trim() || message}); set DATABASE_URL to use a PostgreSQL server instead`,
      { cause },
    )
  }
}

function removeLeftovers({ home }: ClusterFolder): void {
  for (const name of readdirSync(home).filter(name => name.startsWith('pg18.new-'))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true })
    } catch {
      // an orphaned initdb is still writing there; the next start removes it
    }
  }
}

/** As root, gives the folder to the account that is going to run Postgres: the way to run it may have changed since. */
export function giveFolderTo(folder: ClusterFolder, { owner }: UnprivilegedLaunch): void {
  if (process.getuid?.() !== 0) return
  const isForeign = (path: string): boolean => existsSync(path) && lstatSync(path).uid !== owner.uid
  const own = (path: string): void => lchownSync(path, owner.uid, owner.gid)
  for (const path of [folder.home, folder.password, folder.log]) if (isForeign(path)) own(path)
  if (!isForeign(folder.data)) return
  for (const name of readdirSync(folder.data, { recursive: true, encoding: 'utf8' })) own(join(folder.data, name))
  own(folder.data) // last, so that an interrupted round is begun again
}
