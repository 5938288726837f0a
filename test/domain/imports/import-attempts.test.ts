import t from 'tap'
import { attemptsAfter, batchRows, isGivenUp } from '#domain/imports/import-attempts.ts'

t.test('R39: after each attempt in vain a batch is smaller, until it is one unit', async t => {
  t.same([0, 1, 2, 3, 4, 5, 6, 7, 8].map(batchRows), [500, 500, 125, 31, 7, 1, 1, 1, 1])
})

t.test('R39: a batch that is done lets the next be larger, and the service gives up after eight in vain', async t => {
  t.same(
    [0, 1, 2, 5].map(attempt => attemptsAfter(attempt, true)),
    [0, 0, 0, 3],
  )
  t.same(
    [0, 1, 2, 5].map(attempt => attemptsAfter(attempt, false)),
    [1, 1, 1, 4],
    'the next batch is counted with it',
  )
  t.same([0, 7, 8, 9].map(isGivenUp), [false, false, true, true])
})
