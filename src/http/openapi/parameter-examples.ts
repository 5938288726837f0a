type ParameterSchema = {
  type?: unknown
  default?: unknown
  enum?: unknown[]
  examples?: unknown[]
  items?: ParameterSchema
}

export type Parameter = {
  name: string
  in: string
  required?: boolean
  example?: unknown
  schema?: ParameterSchema & { style?: string; explode?: boolean }
}

/**
 * Gives a parameter its example: where it is required, in the parameter itself, and else in its schema. Swagger UI
 * fills in the example of a parameter and of `schema.example`, and sends it; it only shows those of `schema.examples`.
 * So a filter narrows no list, and a condition refuses no write, that the reader has not asked for.
 */
export function showExample(parameter: Parameter): void {
  const { schema, required } = parameter
  if (schema === undefined) return
  const example = parameter.example ?? exampleOf(schema)
  delete schema.examples
  delete parameter.example
  if (required === true) parameter.example = example
  else schema.examples = [example]
}

/** The example that a schema names, or else the first of its values. */
function exampleOf({ type, examples, default: standard, enum: values, items }: ParameterSchema): unknown {
  if (examples !== undefined) return examples[0]
  if (items !== undefined) return [exampleOf(items)]
  return standard ?? values?.[0] ?? (type === 'boolean' ? true : undefined)
}
