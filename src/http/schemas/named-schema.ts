import { Type, type Static, type TObject, type TOptional, type TProperties, type TSchema, type TUnsafe } from 'typebox'

/** A schema with a name: the document has it once, under `components/schemas`. */
export type NamedSchema = TSchema & { $id: string }

/** Gives a schema its name; other schemas refer to it by `ref`. */
export function component<Schema extends TSchema>($id: string, schema: Schema): Schema & { $id: string } {
  return { ...schema, $id, title: $id }
}

/** A reference to a named schema: the document sees `$ref`, TypeScript sees the type. */
export function ref<Schema extends TSchema>(schema: Schema & { $id: string }): TUnsafe<Static<Schema>> {
  return Type.Unsafe<Static<Schema>>({ $ref: `${schema.$id}#` })
}

type Options = { description: string } & Record<string, unknown>

/**
 * A request object: fields that it does not know are refused. `returned` are read-only fields of the answer, which may
 * be sent back with the others; handlers do not see them, so the type leaves them out.
 */
export function closedObject<Properties extends TProperties>(
  properties: Properties,
  options: Options,
  returned: TProperties = {},
): TObject<Properties> {
  const closed = Type.Object({ ...properties, ...returned }, { additionalProperties: false, ...options })
  return closed as TObject as TObject<Properties>
}

/** Fields of an answer that a request may send back: they may hold anything, and are passed over. */
export function passedOver<Properties extends TProperties>(
  answer: { properties: Properties },
  ...names: readonly (string & keyof Properties)[]
): TProperties {
  return Object.fromEntries(
    names.map(name => {
      const { description = '', examples } = answer.properties[name] as { description?: string; examples?: unknown[] }
      return [
        name,
        Type.Optional(
          Type.Unsafe({
            readOnly: true,
            description: `${description} Ignored in requests: a client may send it back as it received it.`.trim(),
            ...(examples !== undefined && { examples }),
          }),
        ),
      ]
    }),
  )
}

/** A field of an answer that a request may send back, and cannot change: it is refused where it differs. */
export function compared<Schema extends TSchema>(schema: Schema): TOptional<TUnsafe<Static<Schema> | null>> {
  const { description = '' } = schema as { description?: string }
  return Type.Optional(
    Type.Unsafe<Static<Schema> | null>({
      ...nullable(schema),
      readOnly: true,
      description:
        `${description} Read-only: a client may send it back as it received it; another value is refused.`.trim(),
    }),
  )
}

/** An id that the path has too: `comparePathIds` takes it off the body, so that no handler sees it. */
export function comparedWithPath(schema: TSchema): TOptional<TUnsafe<never>> {
  return compared(schema) as unknown as TOptional<TUnsafe<never>>
}

/** A value or null, as one JSON Schema type list. */
export function nullable<Schema extends TSchema>(schema: Schema): TUnsafe<Static<Schema> | null> {
  const { type, enum: values, ...rest } = schema as unknown as { type: string | string[]; enum?: unknown[] }
  return Type.Unsafe<Static<Schema> | null>({
    ...rest,
    type: [...new Set([type, 'null'].flat())],
    ...(values !== undefined && { enum: [...new Set([...values, null])] }),
  })
}

/** A field that a POST or a PUT may leave out, or send as null, which means the same. */
export function omittable<Schema extends TSchema>(schema: Schema): TOptional<TUnsafe<Static<Schema> | null>> {
  return Type.Optional(nullable(schema))
}

/** A named schema or null. */
export function nullableRef<Value>(schema: TUnsafe<Value>, description: string): TUnsafe<Value | null> {
  return Type.Unsafe<Value | null>({ anyOf: [schema, { type: 'null' }], description })
}

/**
 * One of a closed list: in requests, and in answers where a rule closes the list, so that a typed client can send back
 * what it has read.
 */
export function oneOfList<const List extends readonly string[]>(list: List, options: Options): TUnsafe<List[number]> {
  return Type.Unsafe<List[number]>({ type: 'string', enum: [...list], ...options })
}

/** One of a list that may grow, in answers: readers have to expect values that they do not know. */
export function openList<const List extends readonly string[]>(
  list: List,
  { description, ...options }: Options,
): TUnsafe<List[number]> {
  return Type.Unsafe<List[number]>({
    type: 'string',
    'x-extensible-enum': [...list],
    description: `${description} One of ${list.map(value => `\`${value}\``).join(', ')}; more may come.`,
    ...options,
  })
}

/** The one value of a tag. */
export function tag<const Value extends string>(value: Value, description: string): TUnsafe<Value> {
  return Type.Unsafe<Value>({ type: 'string', enum: [value], description, examples: [value] })
}

/** One of several named objects; the tag under `property` says which. */
export function taggedUnion<Branches extends NamedSchema[]>(
  property: string,
  branches: [...Branches],
  options: Options,
): TUnsafe<Static<Branches[number]>> {
  return Type.Unsafe<Static<Branches[number]>>({
    type: 'object',
    discriminator: { propertyName: property },
    required: [property],
    oneOf: branches.map(({ $id }) => ({ $ref: `${$id}#` })),
    ...options,
  })
}
