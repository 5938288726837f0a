import t from 'tap'
import { batchLoader } from '#db/driver/batch-loader.ts'

type Query = { keys: readonly number[]; answer(): void; fail(error: Error): void }

/** A batch loader whose queries wait until the test answers them: the row of a key is its double. */
function reader(): { read: (keys: readonly number[]) => Promise<number[][]>; queries: Query[] } {
  const queries: Query[] = []
  const read = batchLoader<number, number>(
    async keys =>
      await new Promise((resolve, reject) => {
        queries.push({
          keys,
          answer: () => {
            resolve(keys.map(key => [key * 2]))
          },
          fail: reject,
        })
      }),
  )
  return { read, queries }
}

const turn = async (): Promise<void> => await new Promise(resolve => setImmediate(resolve))

t.test('an idle reader asks at once, for all that came in the same turn', async t => {
  const { read, queries } = reader()
  const answers = Promise.all([read([1]), read([2, 3])])
  await turn()
  t.same(
    queries.map(({ keys }) => keys),
    [[1, 2, 3]],
  )
  queries[0]!.answer()
  t.same(await answers, [[[2]], [[4], [6]]])
})

t.test('while two queries are running, calls wait for a batch, and each gets the rows of its own keys', async t => {
  const { read, queries } = reader()
  const first = read([1])
  await turn()
  const second = read([2])
  await turn()
  const waiting = Array.from({ length: 50 }, (_, index) => read([100 + index, 200 + index]))
  await turn()
  t.equal(queries.length, 2)
  queries[1]!.answer()
  t.same(await second, [[4]])
  await turn()
  t.equal(queries[2]!.keys.length, 100)
  queries[2]!.answer()
  t.same((await Promise.all(waiting))[49], [[298], [498]])
  queries[0]!.answer()
  t.same(await first, [[2]])
})

t.test('a query takes no more keys than it should, and a call with more keys has a query of its own', async t => {
  const { read, queries } = reader()
  const many = Array.from({ length: 600 }, (_, index) => index)
  const answers = [read(many.slice(0, 300)), read(many.slice(300, 450)), read(many.slice(450)), read(many)]
  await turn()
  for (let answered = 0; answered < queries.length; answered++) {
    queries[answered]!.answer()
    await turn()
  }
  t.same(
    queries.map(({ keys }) => keys.length),
    [450, 150, 600],
  )
  t.same(
    (await Promise.all(answers)).map(rows => rows.length),
    [300, 150, 150, 600],
  )
})

t.test('a failed query rejects the calls of its batch, and no other', async t => {
  const { read, queries } = reader()
  const failing = read([1])
  await turn()
  const others = read([2])
  await turn()
  queries[0]!.fail(new Error('the database is away'))
  queries[1]!.answer()
  await t.rejects(failing, { message: 'the database is away' })
  t.same(await others, [[4]])
  const later = read([3])
  await turn()
  queries[2]!.answer()
  t.same(await later, [[6]])
})
