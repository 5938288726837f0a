import t from 'tap'
import { isDay, isMoment, readMoment } from '#domain/moment.ts'

t.test('what no calendar has, and years that are not stored, are refused', async t => {
  for (const value of ['0000-01-01', '1899-12-31', '3000-01-01', '-000001-01-01', '+002026-01-01', '10000-01-01'])
    t.notOk(isDay(value) || readMoment(`${value}T00:00:00Z`) !== undefined, value)
  for (const value of [
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-4-1',
    '2026-04-01\n',
    20260401,
    null,
  ])
    t.notOk(isDay(value) || readMoment(`${String(value)}T00:00:00Z`) !== undefined, String(value))
  for (const value of ['24:00:00Z', '23:59:60Z', '23:60:00Z', '00:00Z', '00:00:00', '00:00:00+24:00', '00:00:00+9:00'])
    t.equal(readMoment(`2026-04-01T${value}`), undefined, value)
  t.ok(isDay('2028-02-29'))
  t.ok(isMoment('2026-04-01T00:30:00.000Z'))
  t.notOk(isMoment('2026-04-01T00:30:00Z'), 'another spelling of it')
  t.notOk(isMoment(undefined))
  t.equal(readMoment('2026-04-01t09:30:00.123456789012345+09:00'), '2026-04-01T00:30:00.123Z')
  t.equal(readMoment('2026-04-01T00:00:00-23:59'), '2026-04-01T23:59:00.000Z')
})
