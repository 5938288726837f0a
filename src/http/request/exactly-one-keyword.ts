import type { Ajv } from 'ajv'

/** The keyword of a schema that says of which fields a request gives exactly one. Null counts as left out. */
export const EXACTLY_ONE_OF = 'x-exactly-one-of'

/** Lets a validator hold requests to it. `oneOf` would hide the fields of the schema from generators of clients. */
export function demandExactlyOne(ajv: Ajv): void {
  ajv.removeKeyword(EXACTLY_ONE_OF)
  ajv.addKeyword({
    keyword: EXACTLY_ONE_OF,
    type: 'object',
    schemaType: 'array',
    errors: false,
    validate: (names: readonly string[], value: Record<string, unknown>) =>
      names.filter(name => value[name] !== undefined && value[name] !== null).length === 1,
  })
}
