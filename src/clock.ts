/** The time of the service. Everything that decides is handed one, so that tests can say when it is. */
export type Clock = {
  /** Now, ISO 8601 in UTC with milliseconds. */
  now(): string
  /** The day it is in the vendor's time zone, `YYYY-MM-DD`: contracts start and end with its days. */
  today(): string
}

/** The machine's clock, with days of an IANA time zone. Refuses a zone that does not exist. */
export function systemClock (time_zone: string): Clock {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  let known = { minute: -1, day: '' } // no zone's day begins within a minute, and formatting costs as much as a rule
  const today = (): string => {
    const minute = Math.floor(Date.now() / 60_000)
    if (minute !== known.minute) known = { minute, day: day.format(minute * 60_000) }
    return known.day
  }
  return { now: () => new Date().toISOString(), today }
}
