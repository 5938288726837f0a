import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

type Account = { uid: number; gid: number }

/** As whom a program is run: PostgreSQL refuses uid 0. Its files must belong to `owner`. */
export type UnprivilegedLaunch = {
  /** The program that starts PostgreSQL's programs, with its arguments; empty where they start by themselves. */
  prefix: string[]
  /** With these, Node gives up root's groups and capabilities too. */
  options: Account | Record<string, never>
  owner: Account
  /** Whose the folder around the cluster is: an account must not be able to replace what root keeps there. */
  home: Account
  name: string
}

// Not process.env: PGPORT, PGDATA, a locale or a secret of the service have no business in Postgres. TZ decides
// the time zone that initdb writes down, which would otherwise differ from machine to machine.
export const POSTGRES_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * The first way to run `program` that works here: as this user; for root as the owner of the folder, as the account
 * `postgres` or as the account `nobody`. In a folder that only root may enter, all of these fail: then in a user
 * namespace, where PostgreSQL is not uid 0 and keeps root's rights to files. Refuses with the obstacle of each.
 */
export function chooseUnprivilegedLaunch(program: string, dataDir: string): UnprivilegedLaunch {
  const obstacles: string[] = []
  const further = noFurtherRights()
  for (const candidate of candidates(dataDir)) {
    const launch = { ...candidate, prefix: [...candidate.prefix, ...further] }
    const obstacle = tryLaunch(launch, program, dataDir)
    if (obstacle === undefined) return launch
    obstacles.push(`${launch.name}: ${obstacle}`)
  }
  throw new Error(`the built-in PostgreSQL cannot be run here (${obstacles.join('; ')}). ` + advice())
}

/**
 * What keeps the server's programs from gaining rights of another account, by a setuid program for instance. Only where
 * the system has the tool for it.
 */
function noFurtherRights(): string[] {
  const [tool, option] = ['setpriv', '--no-new-privs'] as const
  const { status } = spawnSync(tool, [option, 'true'], { env: POSTGRES_ENVIRONMENT, stdio: 'ignore' })
  return status === 0 ? [tool, option] : []
}

const ROOT: Account = { uid: 0, gid: 0 }

const IN_NAMESPACE: UnprivilegedLaunch = {
  prefix: ['unshare', '--user', '--map-user=65534', '--map-group=65534'],
  options: {},
  owner: ROOT,
  home: ROOT,
  name: 'in a user namespace',
}

const isRoot = (): boolean => process.getuid?.() === 0

function candidates(dataDir: string): UnprivilegedLaunch[] {
  const self = { uid: process.getuid?.() ?? -1, gid: process.getgid?.() ?? -1 }
  if (!isRoot()) return [{ prefix: [], options: {}, owner: self, home: self, name: 'as this user' }]
  const { uid, gid } = statSync(dataDir)
  const user = { uid, gid }
  const accounts = unprivilegedAccounts()
  const isUsers = uid !== 0 && gid !== 0 && accounts.every(({ owner }) => owner.uid !== uid)
  const asUser = { prefix: [], options: user, owner: user, home: user, name: "as the folder's user" }
  return [...(isUsers ? [asUser] : []), ...accounts, ...(process.platform === 'linux' ? [IN_NAMESPACE] : [])]
}

function unprivilegedAccounts(): UnprivilegedLaunch[] {
  const accounts = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map(line => line.split(':'))
      .map(f => [f[0], f]),
  )
  return ['postgres', 'nobody'].flatMap(name => {
    const [, , uid, gid] = accounts.get(name)?.map(Number) ?? []
    if (uid === undefined || gid === undefined || uid <= 0) return []
    const account = { uid, gid }
    return [{ prefix: [], options: account, owner: account, home: ROOT, name: `as the account ${name}` }]
  })
}

function tryLaunch(
  { prefix, options, owner }: UnprivilegedLaunch,
  program: string,
  dataDir: string,
): string | undefined {
  // Through a shell, because spawn's own `cwd` is entered while still root.
  const command = ['sh', '-c', 'cd "$1" && exec "$0" --version', program, dirname(dataDir)]
  const [file = 'sh', ...args] = [...prefix, ...command]
  const { error, status, stderr } = spawnSync(file, args, {
    ...options,
    cwd: '/',
    env: POSTGRES_ENVIRONMENT,
    encoding: 'utf8',
  })
  if (error === undefined && status === 0) return undefined
  const closed = closedFolder(program, owner) ?? closedFolder(dataDir, owner)
  return isRoot() && closed !== undefined
    ? `it may not enter ${closed}`
    : (error?.message ?? (stderr.trim() || `exit code ${status}`))
}

// Only explains a failure that has happened: permission bits do not know about ACLs.
function closedFolder(path: string, { uid, gid }: { uid: number; gid: number }): string | undefined {
  const folder = dirname(path)
  if (folder === path) return undefined
  const { mode, ...owner } = statSync(folder)
  const enter = owner.uid === uid ? 0o100 : owner.gid === gid ? 0o010 : 0o001
  return closedFolder(folder, { uid, gid }) ?? ((mode & enter) === 0 ? folder : undefined)
}

function advice(): string {
  if (!isRoot()) return 'It needs glibc (so not Alpine); set DATABASE_URL to a PostgreSQL server instead'
  return (
    'Run as an ordinary user, move the project and its data folder to where those accounts may enter, ' +
    'or set DATABASE_URL'
  )
}
