/** The part of a setting's schema that says which values it takes. */
type SettingSchema = {
  type?: string
  enum?: readonly unknown[]
  minimum?: number
  maximum?: number
  description?: string
}

/** What a setting must be: its allowed values, its range, or what its schema says in words. */
export function expectedValue({ type, enum: values, minimum, maximum, description }: SettingSchema): string {
  if (description !== undefined) return description
  if (values !== undefined) return alternatives(values.map(String))
  if (type === 'boolean') return alternatives(['true', 'false'])
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`
  throw new Error('a setting does not say which values it takes')
}

function alternatives(values: readonly string[]): string {
  return `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
}
