import { isDay, readMoment } from '#domain/moment.ts'

// A day with any of the signs that Excel and people put between its figures, and perhaps a time.
const DAY =
  /^(\d{4})(?:[/.-]|年\s?)(\d{1,2})(?:[/.-]|月\s?)(\d{1,2})日?(?:\s*\(.\))?(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/iu
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/
const MONTH = /^(\d{4})(?:[/.-]|年\s?)(\d{1,2})月?(?:[/.-]0?1|1日)?$/u
// How Excel shows a cell into which 2025-10 was typed.
const EXCEL_MONTH = /^([a-z]{3})-(\d{2})$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * The moment that a cell names (RFC 3339), or at which its day begins in the vendor's time zone; a time of day counts
 * from there. Takes 2026/4/1, 2026-04-01, 2026.4.1, 2026年4月1日 and 20260401. Undefined for what is no day of the
 * calendar: 2026/2/30, 令和8年4月1日, 46113. `startOf` gives the moment at which a day begins.
 */
export function momentOfCell(text: string, startOf: (day: string) => string): string | undefined {
  const moment = readMoment(text)
  if (moment !== undefined) return moment
  const [, year = '', month = '', date = '', hour, minute, second] = DAY.exec(text) ?? COMPACT_DAY.exec(text) ?? []
  const day = `${year}-${twoDigits(month)}-${twoDigits(date)}`
  if (!isDay(day)) return undefined
  const time = [hour, minute, second].map(part => twoDigits(part ?? '0')).join(':')
  const sinceStart = Date.parse(`1970-01-01T${time}Z`)
  return Number.isNaN(sinceStart) ? undefined : new Date(Date.parse(startOf(day)) + sinceStart).toISOString()
}

/**
 * The version of a privacy notice in a cell: where Excel has made a day of a month (Oct-25, 2025/10/1), the month that
 * was typed, `YYYY-MM`; anything else as it is.
 */
export function monthOfCell(text: string): string {
  const [, name = '', short = ''] = EXCEL_MONTH.exec(text) ?? []
  const ofName = MONTHS.indexOf(name.toLowerCase()) + 1
  if (ofName > 0) return `20${short}-${twoDigits(String(ofName))}`
  const [, year, month = ''] = MONTH.exec(text) ?? []
  return year === undefined || Number(month) < 1 || Number(month) > 12 ? text : `${year}-${twoDigits(month)}`
}

function twoDigits(figure: string): string {
  return figure.padStart(2, '0')
}
