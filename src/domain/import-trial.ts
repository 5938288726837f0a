import type { Refusal } from '#domain/refusal.ts'

/** Which rows of a list can be taken together, and what speaks against each of the others. */
export type Trial<Row> = { taken: Row[]; refused: Map<Row, readonly Refusal[]> }

type RefusalsOf<Row> = (rows: readonly Row[]) => readonly Refusal[]

/** What is against a list of rows, and which of its rows are to blame for it. */
export type Judging<Row> = {
  refusalsOf: RefusalsOf<Row>
  blamedFor: (rows: readonly Row[], refusals: readonly Refusal[]) => ReadonlySet<Row>
}

/** How many of the refused rows are tried in pairs, and how many as the first of a list: each is a plan. */
const MOST_TRIED = 12

/**
 * Finds the rows of a list that rules allow. The rows to blame are left out until nothing is against the others; then
 * those come back that go with them after all. So each refused row would break a rule with the rows that are taken, and
 * is told which. A list of which nothing can be a primary is judged by the other rules.
 */
export function tryRows<Row>(rows: readonly Row[], { refusalsOf, blamedFor }: Judging<Row>): Trial<Row> {
  const places = new Map(rows.map((row, index) => [row, index]))
  const inOrder = (several: readonly Row[]): Row[] =>
    several.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
  const whole: RefusalsOf<Row> = several => refusalsOf(inOrder(several))
  const but: RefusalsOf<Row> = several => whole(several).filter(({ type }) => type !== 'primary-required')
  const kept = withoutBlamed(rows, { refusalsOf: whole, blamedFor })
  const first = grown(rows, kept, whole(kept).length === 0 ? whole : but)
  // A list that has lost its primary may keep it, and refuse another row instead.
  const hasPrimary = whole(first).length === 0
  const others = hasPrimary ? [] : rows.filter(row => whole([row]).length === 0).slice(0, MOST_TRIED)
  const [best] = others.map(row => grown(rows, [row], whole)).toSorted((a, b) => b.length - a.length)
  const taken = best ?? first
  const against = hasPrimary || best !== undefined ? whole : but
  const refused = leftOf(rows, taken).map((row): [Row, readonly Refusal[]] => [row, against([...taken, row])])
  return { taken: inOrder(taken), refused: new Map(refused) }
}

/** The rows without those that are to blame; none where the rules do not say who is. */
function withoutBlamed<Row>(rows: readonly Row[], { refusalsOf, blamedFor }: Judging<Row>): readonly Row[] {
  let kept = rows
  for (;;) {
    const refusals = refusalsOf(kept)
    const blamed = blamedFor(kept, refusals)
    if (blamed.size === 0) return refusals.every(({ type }) => type === 'primary-required') ? kept : []
    kept = kept.filter(row => !blamed.has(row))
  }
}

/** The rows that are kept, with as many of the others as go with them. */
function grown<Row>(rows: readonly Row[], kept: readonly Row[], refusalsOf: RefusalsOf<Row>): readonly Row[] {
  let taken = kept
  for (;;) {
    const more = withPairs(rows, withThoseThatFit(rows, taken, refusalsOf), refusalsOf)
    if (more.length === taken.length) return taken
    taken = more
  }
}

/** Adds the rows that go with those taken, in their order. Rows that go together are tried together. */
function withThoseThatFit<Row>(rows: readonly Row[], kept: readonly Row[], refusalsOf: RefusalsOf<Row>): Row[] {
  const taken = [...kept]
  const blocks = [leftOf(rows, kept)]
  for (let block = blocks.pop(); block !== undefined; block = blocks.pop()) {
    if (block.length === 0) continue
    const middle = Math.ceil(block.length / 2)
    if (refusalsOf([...taken, ...block]).length === 0) taken.push(...block)
    else if (block.length > 1) blocks.push(block.slice(middle), block.slice(0, middle)) // the first half is judged next
  }
  return taken
}

/** Adds two rows that only go together: one hands the role of the primary to the other (R11). */
function withPairs<Row>(rows: readonly Row[], taken: readonly Row[], refusalsOf: RefusalsOf<Row>): readonly Row[] {
  const left = leftOf(rows, taken).slice(0, MOST_TRIED)
  for (const [index, one] of left.entries())
    for (const other of left.slice(index + 1))
      if (refusalsOf([...taken, one, other]).length === 0) return [...taken, one, other]
  return taken
}

function leftOf<Row>(rows: readonly Row[], taken: readonly Row[]): Row[] {
  const known = new Set(taken)
  return rows.filter(row => !known.has(row))
}
