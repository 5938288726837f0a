/** How many rows are written as one statement, while no requests come. */
export const PIECE_ROWS = 100

/** Divides the steps of a wave into pieces of so many rows, each to be written as one statement. */
export function piecesOf<Step extends { rows: readonly unknown[] }>(
  steps: readonly Step[],
  most_rows = PIECE_ROWS,
): Step[][] {
  const pieces: Step[][] = []
  let rows = most_rows
  for (const step of steps) {
    if (rows + step.rows.length > most_rows) {
      pieces.push([])
      rows = 0
    }
    pieces.at(-1)?.push(step)
    rows += step.rows.length
  }
  return pieces
}
