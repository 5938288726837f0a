/** The time of the service. Actions take it as an argument, so that tests can set it. */
export type Clock = {
  /** Now, ISO 8601 in UTC with milliseconds. */
  now(): string
  /** The day it is in the vendor's time zone, `YYYY-MM-DD`: contracts start and end with its days. */
  today(): string
} & Calendar

/** The days of a time zone. */
export type Calendar = {
  /** The day that a moment falls on, `YYYY-MM-DD`. */
  dayOf(moment: string): string
  /** The moment at which a day begins, ISO 8601 in UTC; where a zone skipped the day, at which the next one does. */
  startOf(day: string): string
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** The machine's clock, with days of an IANA time zone. Refuses a zone that does not exist. */
export function systemClock(time_zone: string): Clock {
  const calendar = calendarOf(time_zone)
  // Kept for a minute: no zone's day begins within one, and formatting a day costs as much as judging a rule.
  let known = { minute: -1, day: '' }
  const today = (): string => {
    const minute = Math.floor(Date.now() / MINUTE)
    if (minute !== known.minute) known = { minute, day: calendar.dayOf(new Date(minute * MINUTE).toISOString()) }
    return known.day
  }
  return { now: () => new Date().toISOString(), today, ...calendar }
}

/** The days of an IANA time zone, also where its clocks changed. Refuses a zone that does not exist. */
export function calendarOf(time_zone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: time_zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const startOf = (day: string): string => {
    // Zones differ from UTC by at most 16 hours: the search for the first minute of the day begins a day around it.
    let [before, begun] = [Date.parse(day) - DAY, Date.parse(day) + DAY]
    while (begun - before > MINUTE) {
      const middle = before + Math.floor((begun - before) / 2 / MINUTE) * MINUTE
      if (format.format(middle) < day) before = middle
      else begun = middle
    }
    return new Date(begun).toISOString()
  }
  return { dayOf: moment => format.format(Date.parse(moment)), startOf }
}
