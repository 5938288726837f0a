import { chmodSync, existsSync, lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterFolder } from './cluster-folder.ts'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'

/** As root, gives the cluster to the account that is going to run Postgres: an earlier start may have used another. */
export function giveFolderTo(folder: ClusterFolder, { owner, home }: UnprivilegedLaunch): void {
  if (process.getuid?.() !== 0) return
  lchownSync(folder.home, home.uid, home.gid)
  // The account passes through to its cluster. What root keeps here is closed by each file's own mode.
  if (home.uid !== owner.uid) chmodSync(folder.home, 0o711)
  const own = (path: string): void => {
    if (lstatSync(path).uid !== owner.uid) lchownSync(path, owner.uid, owner.gid)
  }
  for (const path of [folder.password, folder.log]) if (existsSync(path)) own(path)
  if (!existsSync(folder.data)) return
  for (const name of readdirSync(folder.data, { recursive: true, encoding: 'utf8' })) own(join(folder.data, name))
  own(folder.data)
}
