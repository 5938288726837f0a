import t from 'tap'
import { calendarOf, systemClock } from '#clock.ts'

t.test('a day starts at midnight of its zone', async t => {
  t.equal(calendarOf('Asia/Tokyo').startOf('2027-04-01'), '2027-03-31T15:00:00.000Z')
  t.equal(calendarOf('UTC').startOf('2027-04-01'), '2027-04-01T00:00:00.000Z')
  t.equal(
    calendarOf('America/New_York').startOf('2026-03-08'),
    '2026-03-08T05:00:00.000Z',
    'the day on which summer time begins',
  )
  t.equal(calendarOf('America/New_York').startOf('2026-03-09'), '2026-03-09T04:00:00.000Z')
  t.equal(calendarOf('America/New_York').startOf('2026-11-02'), '2026-11-02T05:00:00.000Z')
  t.equal(calendarOf('Pacific/Kiritimati').startOf('2027-04-01'), '2027-03-31T10:00:00.000Z')
  t.equal(calendarOf('Pacific/Niue').startOf('2027-04-01'), '2027-04-01T11:00:00.000Z')
})

t.test('a day without a midnight starts when it does, and a day that was skipped with the next', async t => {
  t.equal(calendarOf('Africa/Cairo').startOf('2024-04-26'), '2024-04-25T22:00:00.000Z', 'clocks went from 0 to 1')
  t.equal(calendarOf('America/Sao_Paulo').startOf('2018-11-04'), '2018-11-04T03:00:00.000Z')
  t.equal(calendarOf('Pacific/Apia').startOf('2011-12-30'), calendarOf('Pacific/Apia').startOf('2011-12-31'))
})

t.test('the day of a moment begins at or before it, and the one after later', async t => {
  for (const zone of ['Asia/Tokyo', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Chatham']) {
    const { dayOf, startOf } = calendarOf(zone)
    for (let time = Date.parse('2026-01-01T00:07:00Z'); time < Date.parse('2027-01-01'); time += 13 * 3_600_000) {
      const moment = new Date(time).toISOString()
      const start = startOf(dayOf(moment))
      if (
        start > moment ||
        dayOf(start) !== dayOf(moment) ||
        dayOf(new Date(Date.parse(start) - 1).toISOString()) >= dayOf(moment)
      )
        t.fail(`${zone} ${moment} ${start}`)
    }
    t.pass(zone)
  }
})

t.test("the machine's clock tells the day of its zone, and refuses a zone that is none", async t => {
  const { now, today, dayOf } = systemClock('Asia/Tokyo')
  t.ok([dayOf(now()), dayOf(new Date(Date.now() - 60_000).toISOString())].includes(today()))
  t.throws(() => systemClock('Asia/Nowhere'))
})
