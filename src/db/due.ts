import { FIRST_UUID } from '#domain/first-uuid.ts'

/** Work whose day has come, by the id of what it is about. Lists of it are in the order of days, then of ids. */
export type Due = { day: string; id: string }

export type DuePage = { after: Due; limit: number }

/** The position before the first of such a list. */
export const BEFORE_ALL: Due = { day: '-infinity', id: FIRST_UUID }
