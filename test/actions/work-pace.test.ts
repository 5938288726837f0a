import t from 'tap'
import { workPace } from '#actions/support/work-pace.ts'

/** A pace by a clock that a test sets. `turns` is how often work let the event loop go on, `slept` is milliseconds. */
function paced() {
  const seen = { now: 0, turns: 0, slept: 0 }
  const pace = workPace({
    now: () => seen.now,
    nextTurn: async () => {
      seen.turns++
    },
    sleep: async milliseconds => {
      seen.now += milliseconds
      seen.slept += milliseconds
    },
  })
  return { seen, pace }
}

t.test('work takes turns of a millisecond while no requests come', async t => {
  const { seen, pace } = paced()
  const turn = pace.turns()
  await turn()
  seen.now = 0.9
  await turn()
  t.equal(seen.turns, 0)
  seen.now = 1
  await turn()
  t.match(seen, { turns: 1, slept: 0 })
  t.equal(pace.portion(1000, 100), 1000)
  t.equal(pace.restAfter(100), 0)
})

t.test('work waits until an open request has its answer', async t => {
  const { seen, pace } = paced()
  const turn = pace.turns()
  const end = pace.beginRequest()
  seen.now = 1
  const waiting = turn()
  end()
  await waiting
  t.match(seen, { turns: 1, slept: 0 })
  pace.beginRequest()
  seen.now = 2
  await turn()
  t.equal(seen.slept, 20, 'no longer than it takes to go on in any case')
})

t.test('under requests without end work goes on: one millisecond in 21', async t => {
  const { seen, pace } = paced()
  const turn = pace.turns()
  let worked = 0
  while (seen.now < 2100) {
    pace.beginRequest()
    seen.now += 1
    worked += 1
    await turn()
  }
  t.equal(worked, 100)
})

t.test('a request that waits on purpose holds up no work', async t => {
  const { seen, pace } = paced()
  pace.beginRequest()
  seen.now = 100
  const turn = pace.turns()
  seen.now = 101
  await turn()
  t.match(seen, { turns: 1, slept: 0 })
})

t.test('an answer counts for its own request, however many came since', async t => {
  const { seen, pace } = paced()
  const turn = pace.turns()
  const first = pace.beginRequest()
  seen.now = 60
  const second = pace.beginRequest()
  second()
  await turn()
  t.equal(seen.slept, 20, 'the first is open')
  seen.now = 90
  first()
  await turn()
  t.equal(seen.slept, 20)
})

t.test('while requests come, portions are small, and rests fourteen times as long as the work', async t => {
  const { seen, pace } = paced()
  pace.beginRequest()()
  t.equal(pace.portion(1000, 100), 100)
  t.same(
    [10, 1000].map(milliseconds => pace.restAfter(milliseconds)),
    [140, 1000],
  )
  seen.now = 250
  t.equal(pace.portion(1000, 100), 1000, 'no request came for a quarter second')
  t.equal(pace.restAfter(10), 0)
})
