import t from 'tap'
import { NO_END, NOTHING_SETTLED, settledAfter, type Look } from '#domain/history/event-numbering.ts'
import { gapsWithout } from '#domain/history/id-gaps.ts'

const look = (writers: string[], history_ids: number[], is_whole = true): Look => ({ writers, history_ids, is_whole })

t.test(
  'R37: entries are settled once every transaction ended that was at work when a later entry was seen',
  async t => {
    const seen = settledAfter(NOTHING_SETTLED, look([], [1, 2, 4]))
    t.match(
      seen,
      { settled_below: 0, looked_below: 5 },
      'entry 3 may be of a transaction that began after the writers were listed',
    )
    const waiting = settledAfter(seen, look(['a', 'b'], [6]))
    t.match(waiting, { settled_below: 0, awaited: new Set(['a', 'b']) })
    const still = settledAfter(waiting, look(['b', 'c'], [7]))
    t.match(still, { settled_below: 0, awaited: new Set(['b']) }, 'c began later')
    t.match(settledAfter(still, look(['c'], [3, 9])), { settled_below: 5, looked_below: 10, awaited: undefined })
  },
)

t.test('R37: a look that left entries out settles no more than it saw', async t => {
  const seen = settledAfter(NOTHING_SETTLED, look([], [10, 20]))
  t.equal(settledAfter(seen, look([], [3, 4], false)).settled_below, 5)
  t.equal(settledAfter(seen, look([], [22, 23], false)).settled_below, 21)
  t.equal(settledAfter(seen, look([], [])).settled_below, 21)
})

t.test('R37: ids without a number are gaps, of which those that are settled are forgotten', async t => {
  const start = [{ first: 1, below: NO_END }]
  t.same(gapsWithout(start, [], 0), start)
  const some = gapsWithout(start, [1, 2, 5, 9], 0)
  t.same(some, [
    { first: 3, below: 5 },
    { first: 6, below: 9 },
    { first: 10, below: NO_END },
  ])
  t.same(
    gapsWithout(some, [4, 6, 8, 10], 4),
    [
      { first: 7, below: 8 },
      { first: 11, below: NO_END },
    ],
    'entry 3 was rolled back',
  )
  t.same(gapsWithout(some, [3, 4], 0), some.slice(1))
  t.same(gapsWithout(some, [], 20), [{ first: 20, below: NO_END }])
})
