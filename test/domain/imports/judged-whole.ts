import type { Judging } from '#domain/imports/import-trial.ts'

/** A judging that asks of the whole list what is against further rows. */
export function judgedWhole<Row>(judging: Omit<Judging<Row>, 'soundList'>): Judging<Row> {
  return {
    ...judging,
    soundList: kept => {
      const taken = [...kept]
      return { refusalsOf: more => judging.refusalsOf([...taken, ...more]), add: more => void taken.push(...more) }
    },
  }
}
