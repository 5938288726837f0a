import { Type } from 'typebox'
import { component, nullableRef, ref, type NamedSchema } from '#http/schemas/named-schema.ts'

export const Snapshot = component(
  'Snapshot',
  Type.Unsafe<Record<string, unknown>>({
    type: 'object',
    additionalProperties: true,
    description: 'A thing as it was answered at that time, with what history keeps besides.',
  }),
)

/** A thing as history kept it, in the form of the answers at that time. */
export const snapshot = (description: string) => nullableRef(ref(Snapshot), description)

/** The named schemas of this file. */
export const snapshotComponents: readonly NamedSchema[] = [Snapshot]
