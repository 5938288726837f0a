import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { Config } from '#config/config.ts'
import { isEmptyRegistry, registerDemoData } from '#demo/register-demo-data.ts'

const BEGUN = 'begun\n'
const REGISTERED = 'registered\n'

/**
 * Registers the demonstration data in an empty registry of the embedded database, once: a file in its folder says so,
 * and lets the next start finish what a killed one began. Leaves a registry alone that has other data. Answers whether
 * the folder has demonstration data. A failure is logged, and stops no start.
 */
export async function demoDataIn(
  { demo_data, database_url, data_dir, time_zone }: Config,
  { database, enqueue }: ActionContext,
  logger: FastifyBaseLogger,
): Promise<boolean> {
  if (database_url !== null) return false
  const file = join(data_dir, 'demo-data')
  const state = await readFile(file, 'utf8').catch(ignoreMissing)
  if (state === REGISTERED || !demo_data) return state !== undefined
  const context = { database, enqueue, time_zone, logger }
  try {
    if (state === undefined && !(await isEmptyRegistry(context))) return false
    await writeWhole(file, BEGUN)
    await registerDemoData(context)
    await writeWhole(file, REGISTERED)
    return true
  } catch (err) {
    logger.error({ err }, 'the demonstration data could not be registered')
    return false
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

async function writeWhole(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { flush: true })
  await rename(`${file}.new`, file)
}
