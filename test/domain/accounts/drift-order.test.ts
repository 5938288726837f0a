import t from 'tap'
import { orderWaiting } from '#domain/accounts/drift-order.ts'
import { seededRandom } from '../../helpers/seeded-random.ts'

t.test('R16: a user who waits comes after the holder, in rows and in circles', async t => {
  t.same(orderWaiting([]), { places: [], freed: [] })
  t.same(orderWaiting([{ line: 2, holder: 9 }]), { places: [{ line: 2, anchor: 9, depth: 1 }], freed: [] })
  t.same(
    orderWaiting([
      { line: 1, holder: 2 },
      { line: 2, holder: 3 },
    ]).places,
    [
      { line: 1, anchor: 3, depth: 2 },
      { line: 2, anchor: 3, depth: 1 },
    ],
  )
  t.same(
    orderWaiting([
      { line: 1, holder: 2 },
      { line: 2, holder: 1 },
    ]),
    {
      places: [
        { line: 1, anchor: 1, depth: 2 },
        { line: 2, anchor: 1, depth: 1 },
      ],
      freed: [1],
    },
  )
})

t.test('R16: of any users who wait, each gets a free address, and one of each circle is freed', async t => {
  const random = seededRandom(7)
  for (let round = 0; round < 200; round++) {
    const lines = Array.from({ length: 1 + random.below(30) }, (_, index) => index + 1)
    const holders = lines.toSorted(() => random.below(3) - 1)
    const waiting = lines.flatMap((line, index) =>
      line === holders[index] || random.isIn(20) ? [] : [{ line, holder: holders[index]! }],
    )
    const { places, freed } = orderWaiting(waiting)
    const held = new Set(lines.filter(line => !freed.includes(line)))
    const inOrder = places.toSorted((a, b) => a.anchor - b.anchor || a.depth - b.depth)
    const leaving = new Set(waiting.map(({ line }) => line))
    for (const line of lines) if (!leaving.has(line)) held.delete(line) // who does not wait moves first
    for (const { line } of inOrder) {
      const { holder } = waiting.find(one => one.line === line)!
      if (held.has(holder)) throw new Error(`${holder} holds what ${line} gets: ${JSON.stringify(waiting)}`)
      held.delete(line)
    }
    if (places.length !== waiting.length) throw new Error('a user has no place')
  }
  t.pass('200 rounds')
})
