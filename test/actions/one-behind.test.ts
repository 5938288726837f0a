import t from 'tap'
import { oneBehind } from '#actions/support/one-behind.ts'

const failing = async () => {
  throw new Error('refused')
}

t.test('a piece begins once the one before is done, and its caller goes on meanwhile', async t => {
  const { promise: first, resolve } = Promise.withResolvers<string>()
  const begun: number[] = []
  const work = oneBehind()
  await work.begin(async () => {
    begun.push(1)
    await first
  })
  const second = work.begin(async () => begun.push(2))
  t.same(begun, [1])
  resolve('done')
  await second
  await work.end()
  t.same(begun, [1, 2])
})

t.test('what a piece throws comes to the caller with the next piece, or at the end', async t => {
  const work = oneBehind()
  await work.begin(failing)
  await t.rejects(
    work.begin(async () => t.fail('nothing begins after a failure')),
    /refused/,
  )
  await t.rejects(work.end(), /refused/)
})
