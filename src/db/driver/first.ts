/** The only row, or undefined where none matched. */
export function first<Row>(rows: readonly Row[]): Row | undefined {
  return rows[0]
}
