import type { Ajv } from 'ajv'
import type { DataValidateFunction } from 'ajv/dist/types/index.js'

/** The keyword of a schema that says of which fields a request gives exactly one. Null counts as left out. */
export const EXACTLY_ONE_OF = 'x-exactly-one-of'

/** Lets a validator hold requests to it. `oneOf` would hide the fields of the schema from generators of clients. */
export function demandExactlyOne(ajv: Ajv): void {
  ajv.removeKeyword(EXACTLY_ONE_OF)
  ajv.addKeyword({ keyword: EXACTLY_ONE_OF, type: 'object', schemaType: 'array', errors: true, compile: exactlyOneOf })
}

/** The check of one schema. Its error has the names of the fields, for the words of the answer. */
function exactlyOneOf(fields: readonly string[]): DataValidateFunction {
  const check: DataValidateFunction = (value: Record<string, unknown>) => {
    const isOne = fields.filter(name => value[name] !== undefined && value[name] !== null).length === 1
    if (!isOne) check.errors = [{ keyword: EXACTLY_ONE_OF, params: { fields } }]
    return isOne
  }
  return check
}
