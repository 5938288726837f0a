import type { Refusal } from '#domain/refusal.ts'

/** Which rows of a list can be taken together, and what speaks against each of the others. */
export type Trial<Row> = { taken: Row[]; refused: Map<Row, readonly Refusal[]> }

/**
 * Finds the rows that rules allow, as if one were registered after the other: a row is refused where the rules say no
 * to it together with the rows taken before it. Rows that go together are tried together, so that a clean list is
 * tried once. `refusalsOf` says what is against a list of rows.
 */
export function tryRows<Row>(
  rows: readonly Row[],
  refusalsOf: (rows: readonly Row[]) => readonly Refusal[],
): Trial<Row> {
  const trial: Trial<Row> = { taken: [], refused: new Map() }
  const blocks = [rows]
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    const [first] = block
    if (first === undefined) continue
    const refusals = refusalsOf([...trial.taken, ...block])
    const middle = Math.ceil(block.length / 2)
    if (refusals.length === 0) trial.taken.push(...block)
    else if (block.length === 1) trial.refused.set(first, refusals)
    else blocks.push(block.slice(middle), block.slice(0, middle)) // the first half is judged next
  }
  return trial
}
