import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { lchownSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ClusterFolder } from './cluster-folder.ts'
import { giveFolderTo } from './give-folder-to.ts'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'
import { POSTGRES_ENVIRONMENT } from './unprivileged-launch.ts'

const ENCODING = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']

/** Makes a new cluster, which appears under its name only when complete. Refuses with what initdb says. */
export async function createCluster(
  folder: ClusterFolder,
  initdb: string,
  launch: UnprivilegedLaunch,
  settings: Record<string, string>,
): Promise<void> {
  removeLeftovers(folder)
  // A new name each time: the initdb of a killed service may still write to its folder, and empties it at its end.
  const unfinished = `${folder.data}.new-${randomBytes(4).toString('hex')}`
  mkdirSync(unfinished, { mode: 0o700 })
  rmSync(folder.password, { force: true })
  writeFileSync(folder.password, randomBytes(24).toString('base64url'), { mode: 0o600 })
  giveFolderTo(folder, launch)
  lchownSync(unfinished, launch.owner.uid, launch.owner.gid)
  const account = ['-U', 'app', '--pwfile', folder.password, '-A', 'scram-sha-256']
  const sync = settings['fsync'] === 'off' ? ['--no-sync'] : []
  await run([initdb, '-D', unfinished, ...account, ...ENCODING, '--no-instructions', ...sync], folder, launch)
  renameSync(unfinished, folder.data)
}

async function run(command: string[], folder: ClusterFolder, { prefix, options }: UnprivilegedLaunch): Promise<void> {
  const [program = '', ...args] = [...prefix, ...command]
  try {
    await promisify(execFile)(program, args, { ...options, cwd: folder.home, env: POSTGRES_ENVIRONMENT })
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string }
    throw new Error(
      `initdb could not make a database in ${folder.home} (${stderr?.trim() || message}); ` +
        'set DATABASE_URL to use a PostgreSQL server instead',
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
