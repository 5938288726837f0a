/** A user who gets an address that the user of another line still holds. */
export type Waiting = { line: number; holder: number }

/** Where the steps of a line come: with the line `anchor`, after all steps of less `depth` there. */
export type Place = { line: number; anchor: number; depth: number }

/** The order of steps, and the lines whose users have to leave their address first, because they wait in a circle. */
export type DriftOrder = { places: Place[]; freed: number[] }

/**
 * Orders users who wait for each other's addresses, in the order of their lines, so that every address is free when it
 * is given: the help desk holds each once (R16). No address has two holders and no user waits for two, so users wait in
 * rows, which begin with one who does not wait, or in circles, which one user has to leave first: the first line's.
 */
export function orderWaiting(waiting: readonly Waiting[]): DriftOrder {
  const indexes = new Map(waiting.map(({ line }, index) => [line, index]))
  const places: (Place | undefined)[] = Array.from({ length: waiting.length })
  const freed: number[] = []
  for (const { line } of waiting) {
    if (placeAt(places, indexes, line) !== undefined) continue
    const row = rowFrom(waiting, indexes, places, line)
    const last = row.at(-1)?.holder ?? line
    if (last === line) freed.push(line)
    const { anchor, depth } = placeAt(places, indexes, last) ?? { anchor: last, depth: 0 }
    for (const [position, one] of row.entries())
      places[indexes.get(one.line) ?? -1] = { line: one.line, anchor, depth: depth + row.length - position }
  }
  return { places: places.filter(place => place !== undefined), freed }
}

/** A user, the one whom that user waits for, and so on: to one who is placed or does not wait, or round the circle. */
function rowFrom(
  waiting: readonly Waiting[],
  indexes: ReadonlyMap<number, number>,
  places: readonly (Place | undefined)[],
  first: number,
): Waiting[] {
  const row: Waiting[] = []
  for (let line = first; ;) {
    const one = waiting[indexes.get(line) ?? -1]
    if (one === undefined || placeAt(places, indexes, line) !== undefined) return row
    row.push(one)
    line = one.holder
    if (line === first) return row
  }
}

function placeAt(
  places: readonly (Place | undefined)[],
  indexes: ReadonlyMap<number, number>,
  line: number,
): Place | undefined {
  return places[indexes.get(line) ?? -1]
}
