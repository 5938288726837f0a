/** Ids of history without a number: from `first` on, and below `below`. */
export type IdGap = { first: number; below: number }

/**
 * The gaps that are left once ids got their numbers, as far as they are not settled. Gaps and ids are in order. So a
 * look reads what may be new, and nothing that it has seen.
 */
export function gapsWithout(gaps: readonly IdGap[], ids: readonly number[], settled_below: number): IdGap[] {
  const left: IdGap[] = []
  let next = 0
  for (const { first, below } of gaps) {
    let from = Math.max(first, settled_below)
    for (let id = ids[next]; id !== undefined && id < below; id = ids[++next]) {
      if (id > from) left.push({ first: from, below: id })
      from = Math.max(from, id + 1)
    }
    if (from < below) left.push({ first: from, below })
  }
  return left
}
