/**
 * The time of a change that follows another. Clocks of processes differ a little: what is recorded of one thing never
 * goes back in time, so that its entries keep their order. Both are ISO 8601 in UTC.
 */
export function monotonicTime(former: string, now: string): string {
  return now < former ? former : now
}
