import { MOST_REFUSALS, RefusedError, type Refusal, type UnknownReference } from '#domain/refusal.ts'

type Named = {
  resource: UnknownReference['resource']
  ids: readonly string[]
  /** The place in the request that names the id at an index. */
  pointer: (index: number) => string
  known: { has(id: string): boolean }
}

/** Refuses, by name and all at once, what a request names and the registry does not hold (R9). */
export function assertKnown(...named: Named[]): void {
  const references = unknownReferences(...named)
  if (references.length > 0) throw new RefusedError(unknownReference(references))
}

/** The things that a request names and the registry does not know (R9). */
export function unknownReferences(...named: Named[]): UnknownReference[] {
  return named.flatMap(({ resource, ids, pointer, known }) =>
    ids.map((id, index) => ({ resource, id, pointer: pointer(index) })).filter(({ id }) => !known.has(id)),
  )
}

/** The refusal of a request that names things which the registry does not hold (R9). It lists the first of them. */
export function unknownReference(references: readonly UnknownReference[]): Refusal {
  return { type: 'unknown-reference', references: references.slice(0, MOST_REFUSALS) }
}

/** A single thing that a request names, with what was found under its id. */
export function foundAs(
  { resource, pointer, id }: { resource: UnknownReference['resource']; pointer: string; id: string },
  found: object | undefined,
): Named {
  return { resource, ids: [id], pointer: () => pointer, known: new Set(found === undefined ? [] : [id]) }
}
