import { FIRST_UUID } from '#domain/first-uuid.ts'

/** Something whose day has come. Lists of it are in the order of days, then of ids. */
export type Due = { day: string; id: string }

export type DuePage = { after: Due; limit: number }

/** Where such a list begins. */
export const BEFORE_ALL: Due = { day: '-infinity', id: FIRST_UUID }
