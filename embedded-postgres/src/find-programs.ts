import type { ClusterFolder } from './cluster-folder.ts'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { findPostgresBinaries } from './postgres-binaries.ts'
import type { UnprivilegedLaunch } from './unprivileged-launch.ts'
import { chooseUnprivilegedLaunch } from './unprivileged-launch.ts'

export type Programs = PostgresBinaries & { launch: UnprivilegedLaunch }

/** PostgreSQL's programs, and how they can be run on this folder here. Refuses with what is in the way. */
export async function findPrograms({ home }: ClusterFolder): Promise<Programs> {
  const binaries = await findPostgresBinaries()
  return { ...binaries, launch: chooseUnprivilegedLaunch(binaries.postgres, home) }
}
