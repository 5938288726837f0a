import type { Judging } from '#domain/imports/import-trial.ts'

/** A judging that asks of the whole list what is against rows beside others. */
export function judgedWhole<Row>(judging: Omit<Judging<Row>, 'beside'>): Judging<Row> {
  return {
    ...judging,
    beside: kept => {
      const taken = [...kept]
      return { refusalsOf: more => judging.refusalsOf([...taken, ...more]), add: more => void taken.push(...more) }
    },
  }
}
