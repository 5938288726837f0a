import type { ClusterFolder } from './cluster-folder.ts'
import { hasCluster } from './cluster-folder.ts'
import { createCluster } from './create-cluster.ts'
import { findPrograms } from './find-programs.ts'
import { withStartLock } from './start-lock.ts'

export type Cluster = { folder: ClusterFolder; settings: Record<string, string> }

/** Makes the cluster if the folder has none. */
export async function ensureCluster({ folder, settings }: Cluster): Promise<void> {
  if (hasCluster(folder)) return
  await withStartLock(folder.startLock, async () => {
    if (hasCluster(folder)) return
    const { initdb, launch } = await findPrograms(folder)
    await createCluster(folder, initdb, launch, settings)
  })
}
