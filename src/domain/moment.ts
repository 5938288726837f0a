// The years of the days and moments that the service stores, both included: PostgreSQL and every calendar know them.
const YEAR = '(?:19|2\\d)\\d{2}'
const DAY = new RegExp(`^${YEAR}-(\\d{2})-(\\d{2})$`)
const HOUR = '(?:[01]\\d|2[0-3])'
// RFC 3339 §5.6, without leap seconds, which PostgreSQL does not store. Offsets of 16 hours and more, which it refuses,
// are taken, because the moment is stored in UTC.
const MOMENT = new RegExp(
  `^(${YEAR}-\\d{2}-\\d{2})T${HOUR}:[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|[+-]${HOUR}:[0-5]\\d)$`,
  'i',
)

/** Whether a value is a day of the calendar, `YYYY-MM-DD`, from 1900 to 2999. Refuses 30 February. */
export function isDay(value: unknown): value is string {
  const [, month, day] = typeof value === 'string' ? (DAY.exec(value) ?? []) : []
  if (month === undefined || Number(month) < 1 || Number(month) > 12 || Number(day) < 1) return false
  const last = new Date(Date.UTC(Number((value as string).slice(0, 4)), Number(month), 0))
  return Number(day) <= last.getUTCDate()
}

/**
 * The moment that a text names (RFC 3339, any offset, any number of decimals), in the form that is stored: ISO 8601 in
 * UTC with milliseconds, further decimals cut off. Undefined for what is no moment of the years 1900 to 2999:
 * 30 February, 24:00, a leap second, an offset without a colon or of 24 hours.
 */
export function readMoment(value: unknown): string | undefined {
  const day = typeof value === 'string' ? MOMENT.exec(value)?.[1] : undefined
  return isDay(day) ? new Date(Date.parse((value as string).toUpperCase())).toISOString() : undefined
}

/** Whether a value is a moment in the form that is stored, as cursors hold it. */
export function isMoment(value: unknown): value is string {
  return readMoment(value) === value && value !== undefined
}
