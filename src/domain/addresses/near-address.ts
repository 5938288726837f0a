/**
 * Whether two texts differ by one typing error: a letter too many, too few or wrong, or two neighbours exchanged
 * (Damerau 1964). False for equal texts. Takes time in proportion to the length.
 */
export function isOneSlipAway(a: string, b: string): boolean {
  const [short, long] = [Array.from(a), Array.from(b)].toSorted((left, right) => left.length - right.length) as [
    string[],
    string[],
  ]
  if (a === b || long.length - short.length > 1) return false
  let same = 0
  while (same < short.length && short[same] === long[same]) same++
  if (short.length < long.length) return isEqual(short.slice(same), long.slice(same + 1))
  const isSwapped =
    short[same] === long[same + 1] &&
    short[same + 1] === long[same] &&
    isEqual(short.slice(same + 2), long.slice(same + 2))
  return isSwapped || isEqual(short.slice(same + 1), long.slice(same + 1))
}

function isEqual(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((letter, index) => letter === b[index])
}
