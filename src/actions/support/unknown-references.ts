import { MOST_REFUSALS, RefusedError, type UnknownReference } from '#domain/refusal.ts'

type Named = {
  resource: UnknownReference['resource']
  ids: readonly string[]
  /** The place in the request that names the id at an index. */
  pointer: (index: number) => string
  known: { has(id: string): boolean }
}

/** Refuses, by name and all at once, what a request names and the registry does not hold (R9). */
export function assertKnown(...named: Named[]): void {
  const references = named.flatMap(({ resource, ids, pointer, known }) =>
    ids.map((id, index) => ({ resource, id, pointer: pointer(index) })).filter(({ id }) => !known.has(id)),
  )
  if (references.length > 0)
    throw new RefusedError({ type: 'unknown-reference', references: references.slice(0, MOST_REFUSALS) })
}

/** The known ids where a request names one thing: the id itself, where it was found. */
export function foundAs(id: string, found: object | undefined): ReadonlySet<string> {
  return new Set(found === undefined ? [] : [id])
}
