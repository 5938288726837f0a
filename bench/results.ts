import { ratio, valuesOf, type Samples } from './alternating.ts'
import { figuresOf, show, type Figures } from './figures.ts'
import type { Measured } from './registry-speed.ts'

/** What one target is to another, and what is wanted of it. */
export type Ratio = {
  name: string
  of: readonly [target: string, metric: string]
  to: readonly [target: string, metric: string]
  wanted: string
}

/** What the targets of one run gave, and what they are to each other. */
export type Comparison = { targets: Record<string, Record<string, Figures>>; ratios: Record<string, Figures> }

export type Results = {
  taken_at: string
  machine: string
  rounds: number
  seconds: number
  /** By contacts in the registry. */
  sizes: Record<string, Comparison & Omit<Measured, 'samples'>>
  peers?: Comparison & { contacts: number }
}

export function compare(samples: Samples, ratios: readonly Ratio[]): Comparison {
  const targets = Object.fromEntries(
    [...samples].map(([name, rounds]) => [
      name,
      Object.fromEntries(Object.keys(rounds[0]!).map(metric => [metric, figuresOf(valuesOf(samples, name, metric))])),
    ]),
  )
  const measured = ratios.filter(({ of, to }) => samples.has(of[0]) && samples.has(to[0]))
  return { targets, ratios: Object.fromEntries(measured.map(({ name, of, to }) => [name, ratio(samples, of, to)])) }
}

const UNITS: Record<string, string> = {
  per_second: '/s',
  p50_ms: 'ms p50',
  p99_ms: 'ms p99',
  service_cpu_us: 'µs service',
  postgres_cpu_us: 'µs Postgres',
}

/** A comparison as text: a line for each target, and one for each ratio with what is wanted. */
export function comparisonText({ targets, ratios }: Comparison, known: readonly Ratio[]): string {
  return [
    ...Object.entries(targets).map(
      ([name, metrics]) =>
        `  ${name.padEnd(36)} ${Object.entries(metrics)
          .map(([metric, figures]) => `${show(figures)} ${UNITS[metric] ?? metric}`)
          .join(', ')}`,
    ),
    ...Object.entries(ratios).map(
      ([name, figures]) =>
        `  ${name.padEnd(36)} × ${show(figures, 2)}   ${known.find(ratio => ratio.name === name)!.wanted}`,
    ),
  ].join('\n')
}
