import { Type } from 'typebox'

/** A thing as history kept it, in the form of the answers at that time. */
export const snapshot = (description: string) =>
  Type.Unsafe<Record<string, unknown> | null>({ type: ['object', 'null'], additionalProperties: true, description })
