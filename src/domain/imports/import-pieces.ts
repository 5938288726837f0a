/** How many rows are written as one statement, while no requests come. */
export const PIECE_ROWS = 100

/** How many are, while requests come. */
export const PIECE_ROWS_BESIDE_REQUESTS = 5

/**
 * Divides the steps of a wave into pieces of so many rows, each to be written as one statement. Each piece has as many
 * as `most_rows` says when it begins.
 */
export function* piecesOf<Step extends { rows: readonly unknown[] }>(
  steps: readonly Step[],
  most_rows = (): number => PIECE_ROWS,
): Generator<Step[], void> {
  for (let at = 0; at < steps.length;) {
    const most = most_rows()
    const piece: Step[] = []
    for (let rows = 0, step = steps[at]; step !== undefined; step = steps[++at]) {
      rows += step.rows.length
      if (rows > most && piece.length > 0) break
      piece.push(step)
    }
    yield piece
  }
}
