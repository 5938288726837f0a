import t from 'tap'
import { hasArrived, isGone } from '#domain/webhooks/webhook-delivery.ts'
import { pauseAfter } from '#domain/webhooks/delivery-pauses.ts'

const HOUR = 60 * 60 * 1000

t.test('the pauses grow to six hours, for three days, each up to a fifth longer', async t => {
  const pauses = Array.from({ length: 14 }, (_, index) => pauseAfter(index + 1, 0, 0))
  t.same(pauses.slice(0, 6), [1_000, 5_000, 30_000, 120_000, 240_000, 480_000])
  t.equal(pauses.at(-1), 6 * HOUR)
  t.equal(pauseAfter(1, 0, 1), 1_200)
  t.equal(pauseAfter(9, 72 * HOUR, 0), undefined)
})

t.test('only a status of 2xx is an arrival, and 410 is for good', async t => {
  t.same(
    [200, 299, 199, 300, null].map(status => hasArrived({ status })),
    [true, true, false, false, false],
  )
  t.same(
    [410, 404, null].map(status => isGone({ status })),
    [true, false, false],
  )
})
