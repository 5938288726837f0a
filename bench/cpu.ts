import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sample } from './alternating.ts'

// What an answer costs is said more exactly by processor time than by the clock, whatever else the machine does
// meanwhile.

const TICK_US = 10_000 // what Linux counts processor time in

type Usage = { service: number; postgres: number }

/**
 * Measures with the processor time that service and Postgres took, in µs an answer. Without Linux's /proc, the sample
 * is as it is.
 */
export function withCpu(
  pids: { service: number; postgres: number },
  measure: (seconds: number) => Promise<Sample>,
): (seconds: number) => Promise<Sample> {
  return async seconds => {
    const before = await usageOf(pids)
    const sample = await measure(seconds)
    const after = await usageOf(pids)
    const answers = sample['per_second']! * Math.ceil(seconds)
    return before === undefined || after === undefined
      ? sample
      : {
          ...sample,
          service_cpu_us: (after.service - before.service) / answers,
          postgres_cpu_us: (after.postgres - before.postgres) / answers,
        }
  }
}

/** What a piece of work took: by the clock, and of the processor, in milliseconds. */
export type Cost = { wall: number; service: number; postgres: number }

/** Measures a piece of work. Without Linux's /proc, only by the clock. */
export async function costOf(pids: { service: number; postgres: number }, work: () => Promise<unknown>): Promise<Cost> {
  const before = await usageOf(pids)
  const since = performance.now()
  await work()
  const wall = performance.now() - since
  const after = await usageOf(pids)
  const between = (of: 'service' | 'postgres'): number =>
    before === undefined || after === undefined ? Number.NaN : (after[of] - before[of]) / 1000
  return { wall, service: between('service'), postgres: between('postgres') }
}

/** The postmaster of a server, from its folder. */
export async function postmasterIn(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'pg18/postmaster.pid'), 'utf8')).split('\n')[0])
}

/** The processor time that service and Postgres have taken, in µs; undefined without Linux's /proc. */
export async function usageOf({
  service,
  postgres,
}: {
  service: number
  postgres: number
}): Promise<Usage | undefined> {
  const processes = await readdir('/proc').catch(() => [])
  const all = await Promise.all(processes.filter(name => /^\d+$/.test(name)).map(async pid => await statOf(pid)))
  const known = all.filter(stat => stat !== undefined)
  if (known.length === 0) return undefined
  const sum = (of: (stat: Stat) => boolean): number => known.filter(of).reduce((total, { us }) => total + us, 0)
  const server = known.find(({ pid }) => pid === postgres)
  return {
    service: sum(({ pid }) => pid === service),
    postgres: sum(({ pid, parent }) => pid === postgres || parent === postgres) + (server?.ended_us ?? 0),
  }
}

/** `ended_us` is what children took that have ended. */
type Stat = { pid: number; parent: number; us: number; ended_us: number }

async function statOf(pid: string): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return text === ''
    ? undefined
    : {
        pid: Number(pid),
        parent: Number(fields[1]),
        us: (Number(fields[11]) + Number(fields[12])) * TICK_US,
        ended_us: (Number(fields[13]) + Number(fields[14])) * TICK_US,
      }
}
