import type { Channel } from '#domain/vocabulary.ts'

/** What a request says of the person who asked: who it is, as far as it says, and how they asked (R25). */
export type RequesterInput = {
  channel: Channel
  contact_id: string | null
  name: string | null
  email: string | null
  /** The help desk's number of the inquiry. */
  ticket: string | null
}
