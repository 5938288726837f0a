import type { Test } from 'tap'

/** What `performance.now()` answers, in the hands of a test. */
export type SteppedTime = { pass: (milliseconds: number) => void }

/** Stops the monotonic time of this process until the test ends. It goes on by what the test says. */
export function steppedTime(t: Test): SteppedTime {
  let now = Math.ceil(performance.now()) // whole, so that sums of it are exact
  t.intercept(performance, 'now', { value: () => now, configurable: true, writable: true })
  return {
    pass: milliseconds => {
      now += milliseconds
    },
  }
}
