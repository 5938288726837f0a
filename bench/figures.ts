/** The figures of several rounds: the median, with the least and the greatest. */
export type Figures = { median: number; least: number; greatest: number }

export function figuresOf(values: readonly number[]): Figures {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  return { median, least: sorted[0]!, greatest: sorted.at(-1)! }
}

export function show({ median, least, greatest }: Figures, digits = digitsFor(median)): string {
  return `${grouped(median, digits)} (${grouped(least, digits)}–${grouped(greatest, digits)})`
}

function digitsFor(value: number): number {
  return value < 10 ? 2 : value < 100 ? 1 : 0
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}
