import t from 'tap'
import fc from 'fast-check'
import { testDatabase } from '../helpers/test-database.ts'
import { isDay, isMoment, readMoment } from '#domain/moment.ts'

// What JavaScript reads as a day or a moment and PostgreSQL does not is refused before it becomes a parameter.
const seed = Number(process.env['SEED'] ?? 20261126)
t.comment(`stored moments, seed ${seed}`)

const { database } = await testDatabase(t)

async function stored(type: 'date' | 'timestamptz', value: string): Promise<string> {
  const [row] = await database.run<{ value: string }>({
    name: `read ${type}`,
    text: `select $1::${type} as value`,
    values: [value],
  })
  return row!.value
}

const year = fc.oneof(
  fc.integer({ min: 1900, max: 2999 }).map(String),
  fc.constantFrom('0000', '0001', '1899', '3000', '9999', '10000', '-0001', '-000001', '+002026', '+275760'),
)
const digits = (most: number) => fc.integer({ min: 0, max: most }).map(value => String(value).padStart(2, '0'))
const day = fc.tuple(year, digits(13), digits(32)).map(parts => parts.join('-'))
const time = fc.tuple(digits(25), digits(61), digits(62)).map(parts => parts.join(':'))
const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{0,15}$/))
const offset = fc.oneof(
  fc.constantFrom('Z', 'z', '', '+00:00', '-00:00', '+15:59', '+16:00', '-23:59', '+24:00', '+25:00', '+9', '+0900'),
  fc.tuple(fc.constantFrom('+', '-'), digits(25), digits(61)).map(([sign, ...parts]) => sign + parts.join(':')),
)
const moment = fc.tuple(day, fc.constantFrom('T', 't', ' '), time, fraction, offset).map(parts => parts.join(''))

t.test('every day that is taken is one of PostgreSQL, and the same day', async t => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(day, async value => {
      if (!isDay(value)) return
      taken++
      t.equal(await stored('date', value), value)
    }),
    { seed, numRuns: 2000 },
  )
  t.ok(taken > 100, `${taken} of them`)
})

t.test('every moment that is taken is one of PostgreSQL, and the same moment', async t => {
  let taken = 0
  await fc.assert(
    fc.asyncProperty(moment, async value => {
      const read = readMoment(value)
      if (read === undefined) return
      taken++
      t.equal(await stored('timestamptz', read), read, value)
      t.equal(readMoment(read) === read, isMoment(read), value)
    }),
    { seed, numRuns: 5000 },
  )
  t.ok(taken > 100, `${taken} of them`)
})
