import t from 'tap'
import { testDatabase } from '../helpers/test-database.ts'

const { database } = await testDatabase(t)

t.test('times come in ISO 8601 with milliseconds, whatever the zone and the precision of the server', async t => {
  const times = [
    '2026-04-01T00:30:00.000Z',
    '2026-04-01T00:30:00.120Z',
    '2026-12-31T23:59:59.999Z',
    '1999-01-01T00:00:00.001Z',
  ]
  for (const zone of ['UTC', 'Asia/Tokyo', 'Asia/Kolkata', 'America/St_Johns']) {
    for (const time of times) {
      const client = await database.connect()
      await client.query(`set time zone '${zone}'`)
      const {
        rows: [row],
      } = await client.query('select $1::timestamptz as time, null::timestamptz as none', [time])
      t.same(row, { time, none: null }, `${zone} ${time}`)
      client.release(true)
    }
  }
  const [micro] = await database.run<{ time: string }>({
    name: '',
    values: [],
    text: "select '2026-04-01T00:30:00.123456Z'::timestamptz as time",
  })
  t.same(micro, { time: '2026-04-01T00:30:00.123Z' })
})
