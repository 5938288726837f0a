import { BATCH_ROWS } from '#domain/imports/import-unit.ts'

/** How often batches may be begun in vain before their partition is given up. */
const MOST_ATTEMPTS = 8

/** By how much each batch is smaller than the one that failed before. */
const DIVISOR = 4

/** Whether a batch of an import was begun in vain so often that the service gives up. */
export function isGivenUp(attempts: number): boolean {
  return attempts >= MOST_ATTEMPTS
}

/**
 * How many rows the batch of an attempt has, counted from 1: after each that was in vain fewer, until it is one unit.
 * So what can be done before the unit that fails is done, and that unit is known.
 */
export function batchRows(attempt: number): number {
  return Math.max(1, Math.floor(BATCH_ROWS / DIVISOR ** Math.max(0, attempt - 1)))
}

/**
 * How many batches are begun, once that of a number is done: the next one may be larger again, and is counted with it,
 * unless it was the last.
 */
export function attemptsAfter(attempt: number, is_last: boolean): number {
  return Math.max(0, attempt - 2) + (is_last ? 0 : 1)
}
