import { RefusedError } from '#domain/refusal.ts'

/** The conditions of a write, read from `If-Match` and `If-None-Match`: entity tags, or `*` for any representation. */
export type Preconditions = { if_match?: '*' | readonly string[]; if_none_match?: '*' | readonly string[] }

/**
 * Refuses a write whose conditions do not hold (RFC 9110 §13.1.1, §13.1.2). `current` is the entity tag of what is
 * there, null where nothing is.
 */
export function assertPreconditions(preconditions: Preconditions, current: string | null): void {
  const { if_none_match } = preconditions
  const isNew =
    if_none_match === undefined || current === null || (if_none_match !== '*' && !coversWeakly(if_none_match, current))
  if (!isMatched(preconditions, current) || !isNew)
    throw new RefusedError({ type: 'precondition-failed', current_etag: current })
}

/** Whether `If-Match` covers what is there; without it, it does. It compares strongly, so a weak tag never matches. */
export function isMatched({ if_match }: Pick<Preconditions, 'if_match'>, current: string | null): boolean {
  return if_match === undefined || (current !== null && (if_match === '*' || if_match.includes(current)))
}

/** Weak comparison (RFC 9110 §8.8.3.2): `W/"x"` and `"x"` are the same. */
export function coversWeakly(tags: readonly string[], current: string): boolean {
  return tags.some(tag => tag.replace(/^W\//, '') === current)
}

/** The same for what has one entity tag in each language: the conditions may name any of them. */
export function assertOneOfTags(preconditions: Preconditions, tags: readonly string[]): void {
  if (!tags.some(tag => isMatched(preconditions, tag))) assertPreconditions(preconditions, tags[0] ?? null)
}
