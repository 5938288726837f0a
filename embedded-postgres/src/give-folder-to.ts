import { existsSync, lchownSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ClusterFolder } from './cluster-folder.ts'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'

/** As root, gives the folder to the account that is going to run Postgres: an earlier start may have used another. */
export function giveFolderTo(folder: ClusterFolder, { owner }: UnprivilegedLaunch): void {
  if (process.getuid?.() !== 0) return
  const isForeign = (path: string): boolean => existsSync(path) && lstatSync(path).uid !== owner.uid
  const own = (path: string): void => lchownSync(path, owner.uid, owner.gid)
  for (const path of [folder.home, folder.password, folder.log]) if (isForeign(path)) own(path)
  if (!isForeign(folder.data)) return
  for (const name of readdirSync(folder.data, { recursive: true, encoding: 'utf8' })) own(join(folder.data, name))
  own(folder.data) // last, so that the next start repeats an interrupted round
}
