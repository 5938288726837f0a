import { figuresOf, type Figures } from './figures.ts'

/** What one go at a target gave: numbers by name, such as `per_second` and `p99_ms`. */
export type Sample = Record<string, number>

/** Something whose speed is measured for some seconds at a time. */
export type Target = { name: string; measure: (seconds: number) => Promise<Sample> }

/** The samples of each target, round by round. */
export type Samples = ReadonlyMap<string, readonly Sample[]>

/**
 * Measures every target in every round, one after the other, so that a machine that drifts drifts for all of them. A
 * round before the first warms code, plans and pages, and does not count.
 */
export async function alternate(
  targets: readonly Target[],
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<Samples> {
  const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const { name, measure } of targets) {
      const sample = await measure(round === 0 ? Math.max(1, seconds / 2) : seconds)
      if (round > 0) samples.get(name)!.push(sample)
    }
  }
  return samples
}

export function valuesOf(samples: Samples, target: string, metric: string): number[] {
  return (samples.get(target) ?? []).map(sample => sample[metric]!)
}

/** One target's metric in terms of another's, round by round. */
export function ratio(
  samples: Samples,
  [target, metric]: readonly [string, string],
  [other, otherMetric]: readonly [string, string],
): Figures {
  const others = valuesOf(samples, other, otherMetric)
  return figuresOf(valuesOf(samples, target, metric).map((value, round) => value / others[round]!))
}
