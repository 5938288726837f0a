/** For how many days the service keeps what is no longer needed (R33). */
export type Retention = {
  /** People, after the removal of their last contact; null where they stay until an operator erases them. */
  removed_people: number | null
  /** What a request said that was rejected, and whose requester is no contact. */
  rejected_requests: number
  /** The received file of an import, and its report, after the end of the import. */
  ended_imports: number
  /** The feed of events; null where it begins with the first event. History keeps the entries. */
  events: number | null
}

export const RETENTION_DEFAULTS: Retention = {
  removed_people: null,
  rejected_requests: 90,
  ended_imports: 30,
  events: null,
}

const DAY = 24 * 60 * 60 * 1000

/** The moment before which that has to have ended which was kept for so many days. */
export function keptSince(days: number, now: string): string {
  return new Date(Date.parse(now) - days * DAY).toISOString()
}
