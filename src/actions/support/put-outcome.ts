/** The outcome of a PUT: what is there now, and whether it was not there before. */
export type PutOutcome<T> = { value: T; is_new: boolean }
