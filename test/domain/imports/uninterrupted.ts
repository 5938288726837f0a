import type { Interruptible } from '#domain/imports/import-trial.ts'

/** The result of work that is not interrupted. */
export function uninterrupted<Result>(work: Interruptible<Result>): Result {
  for (let next = work.next(); ; next = work.next()) if (next.done === true) return next.value
}
