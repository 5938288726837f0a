import type { Refusal } from '#domain/refusal.ts'

/** Which rows of a list can be taken together, and what speaks against each of the others. */
export type Trial<Row> = { taken: Row[]; refused: Map<Row, readonly Refusal[]> }

/** A list of rows against which nothing is, and to which others may be added. */
export type SoundList<Row> = {
  /** What would be against the list with further rows. */
  refusalsOf: (more: readonly Row[]) => readonly Refusal[]
  add: (more: readonly Row[]) => void
}

/** What is against a list of rows, and which of its rows are to blame for it. */
export type Judging<Row> = {
  refusalsOf: (rows: readonly Row[]) => readonly Refusal[]
  blamedFor: (rows: readonly Row[], refusals: readonly Refusal[]) => ReadonlySet<Row>
  /** The list of rows against which nothing is, except perhaps that they lack a primary. */
  soundList: (taken: readonly Row[]) => SoundList<Row>
}

/** Work that can be interrupted between two lists that it judges. */
export type Interruptible<Result> = Generator<void, Result>

/** How many of the refused rows are tried in pairs, and how many as the first of a list: each is a list to judge. */
const MOST_TRIED = 12

/** How often the rows to blame are left out before they are found one by one. */
const MOST_ROUNDS = 50

// How many lists are judged to take rows back, at most: so many, and so many more a row.
const [MOST_TRIALS, MOST_OF_ROW] = [10_000, 20]

type Search<Row> = { rows: readonly Row[]; judging: Judging<Row>; mayLackPrimary: boolean; trials: { left: number } }

/**
 * Finds the rows of a list that the rules allow. Leaves out the rows to blame until nothing is against the others, then
 * takes back those that fit after all: each refused row would break a rule with the rows that are taken, and its
 * refusal says which. A list that can have no primary is judged by the other rules. Judges at most 11,000 lists and 20
 * a row; beyond that, it refuses rows that only fit together. /
 */
export function* tryRows<Row>(rows: readonly Row[], judging: Judging<Row>): Interruptible<Trial<Row>> {
  const trials = { left: MOST_TRIALS + MOST_OF_ROW * rows.length }
  const kept = yield* withoutBlamed(rows, judging)
  const isWhole = judging.refusalsOf(kept).length === 0
  const search = { rows, judging, mayLackPrimary: !isWhole, trials }
  const first = yield* grown(kept, search)
  // A list that has lost its primary may keep it, and refuse another row instead.
  const hasPrimary = judging.refusalsOf(inOrder(rows, first)).length === 0
  const best = hasPrimary ? undefined : yield* grownFromOthers({ ...search, mayLackPrimary: false })
  return yield* settled(best ?? first, { ...search, mayLackPrimary: !hasPrimary && best === undefined })
}

/** The rows without those that are to blame; none where the rules do not say who is, or too rarely of whom. */
function* withoutBlamed<Row>(
  rows: readonly Row[],
  { refusalsOf, blamedFor }: Judging<Row>,
): Interruptible<readonly Row[]> {
  let kept = rows
  for (let round = 0; round < MOST_ROUNDS; round++) {
    yield
    const refusals = refusalsOf(kept)
    const blamed = blamedFor(kept, refusals)
    if (blamed.size === 0) return refusals.every(({ type }) => type === 'primary-required') ? kept : []
    kept = kept.filter(row => !blamed.has(row))
  }
  return []
}

/** The rows that are kept, with as many of the others as go with them. */
function* grown<Row>(kept: readonly Row[], search: Search<Row>): Interruptible<readonly Row[]> {
  let taken = kept
  for (;;) {
    const more = yield* withThoseThatFit(taken, search)
    const [one, other] = yield* pairThatFits(more, search)
    if (one !== undefined && other !== undefined) more.push(one, other)
    if (more.length === taken.length) return taken
    taken = more
  }
}

/** Of the lists that begin with a row that can be the primary, the one that takes the most; the first of several. */
function* grownFromOthers<Row>(search: Search<Row>): Interruptible<readonly Row[] | undefined> {
  let [best, tried]: [readonly Row[] | undefined, number] = [undefined, 0]
  const list = search.judging.soundList([])
  for (const row of search.rows) {
    if (tried === MOST_TRIED) break
    if (!(yield* fits(list, [row], search))) continue
    const taken = yield* grown([row], search)
    if (best === undefined || taken.length > best.length) best = taken
    tried++
  }
  return best
}

/** Adds the rows that go with those taken, in their order. Rows that go together are tried together. */
function* withThoseThatFit<Row>(kept: readonly Row[], search: Search<Row>): Interruptible<Row[]> {
  const list = search.judging.soundList(kept)
  const taken = [...kept]
  const blocks = [leftOf(search.rows, kept)]
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    if (block.length === 0) continue
    const [first, second] = halvesOf(block)
    if (yield* fits(list, block, search)) {
      list.add(block)
      taken.push(...block)
    } else if (block.length > 1) blocks.push(second, first)
  }
  return taken
}

function halvesOf<Row>(block: readonly Row[]): [Row[], Row[]] {
  const middle = Math.ceil(block.length / 2)
  return [block.slice(0, middle), block.slice(middle)]
}

/** Two rows that only go together with those taken: one hands the role of the primary to the other (R11). */
function* pairThatFits<Row>(taken: readonly Row[], search: Search<Row>): Interruptible<readonly Row[]> {
  const left = leftOf(search.rows, taken).slice(0, MOST_TRIED)
  const list = search.judging.soundList(taken)
  for (const [index, one] of left.entries())
    for (const other of left.slice(index + 1)) if (yield* fits(list, [one, other], search)) return [one, other]
  return []
}

/** Whether rows go with those of a list. None does once too many lists were judged. */
function* fits<Row>(list: SoundList<Row>, more: readonly Row[], search: Search<Row>): Interruptible<boolean> {
  yield
  return search.trials.left-- > 0 && against(list, more, search).length === 0
}

/** What is against the rows that are left. One against which nothing is, because too many were judged, is taken. */
function* settled<Row>(taken: readonly Row[], search: Search<Row>): Interruptible<Trial<Row>> {
  const list = search.judging.soundList(taken)
  const [all, refused] = [[...taken], new Map<Row, readonly Refusal[]>()]
  for (const row of leftOf(search.rows, taken)) {
    yield
    const refusals = against(list, [row], search)
    if (refusals.length > 0) refused.set(row, refusals)
    else {
      list.add([row])
      all.push(row)
    }
  }
  return { taken: inOrder(search.rows, all), refused }
}

function against<Row>(list: SoundList<Row>, more: readonly Row[], { mayLackPrimary }: Search<Row>): readonly Refusal[] {
  const refusals = list.refusalsOf(more)
  return mayLackPrimary ? refusals.filter(({ type }) => type !== 'primary-required') : refusals
}

function leftOf<Row>(rows: readonly Row[], taken: readonly Row[]): Row[] {
  const known = new Set(taken)
  return rows.filter(row => !known.has(row))
}

function inOrder<Row>(rows: readonly Row[], several: readonly Row[]): Row[] {
  const known = new Set(several)
  return rows.filter(row => known.has(row))
}
