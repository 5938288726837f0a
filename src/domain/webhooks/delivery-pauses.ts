const SECOND = 1000

const MINUTE = 60 * SECOND

const HOUR = 60 * MINUTE

const DAY = 24 * HOUR

const FIRST_PAUSES = [1 * SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE]

const LONGEST_PAUSE = 6 * HOUR

const LONGEST_TRYING = 3 * DAY

/** How long an endpoint may fail before it is disabled, in milliseconds. */
export const LONGEST_FAILING = 5 * DAY

/**
 * How long to wait after so many failed attempts, in milliseconds; undefined once three days have passed since the
 * first. Up to a fifth is added by `chance`, from 0 to 1, so that what failed together is not tried again together.
 */
export function pauseAfter(attempts: number, tried_for: number, chance: number): number | undefined {
  if (tried_for >= LONGEST_TRYING) return undefined
  const last = FIRST_PAUSES.at(-1) ?? LONGEST_PAUSE
  const pause = FIRST_PAUSES[attempts - 1] ?? Math.min(LONGEST_PAUSE, last * 2 ** (attempts - FIRST_PAUSES.length))
  return Math.round(pause * (1 + chance / 5))
}
