/** Numbers that look random and are the same for the same seed (mulberry32). */
export type Random = {
  /** A whole number from 0 up to, but not including, `end`. */
  below: (end: number) => number
  pick: <T>(list: readonly T[]) => T
  isIn: (percent: number) => boolean
}

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number): number => Math.floor(next() * end)
  return { below, pick: list => list[below(list.length)]!, isIn: percent => below(100) < percent }
}

/** A whole number from the environment, to repeat or prolong a random test. */
export function numberFrom(variable: string, otherwise: number): number {
  const given = Number(process.env[variable] ?? otherwise)
  if (!Number.isSafeInteger(given)) throw new Error(`${variable} has to be a whole number`)
  return given
}
