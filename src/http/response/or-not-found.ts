import { RefusedError, type Refusal } from '#domain/refusal.ts'

type Resource = Extract<Refusal, { type: 'not-found' }>['resource']

/** Returns what a query found, or throws the refusal that it is not there. */
export function orNotFound<Thing>(thing: Thing | undefined, resource: Resource): Thing {
  if (thing === undefined) throw new RefusedError({ type: 'not-found', resource })
  return thing
}
