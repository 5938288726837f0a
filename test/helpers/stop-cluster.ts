import { rm } from 'node:fs/promises'
import { NOTE, notedCluster, type TestCluster } from './cluster.ts'
import { startEmbeddedPostgres } from '@madoguchi/embedded-postgres'

/** Stops the cluster of a test run and removes its folder. Its starter is gone, so it is adopted first. */
export async function stopCluster({ data_dir }: TestCluster): Promise<void> {
  const postgres = await startEmbeddedPostgres({ dataDir: data_dir, database: 'postgres' })
  await postgres.stop()
  await rm(data_dir, { recursive: true, force: true })
  await rm(NOTE, { force: true })
}

// After all tests.
if (import.meta.main) await stopCluster(await notedCluster())
