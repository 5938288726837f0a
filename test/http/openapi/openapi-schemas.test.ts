import t from 'tap'
import { APP_KINDS, DUTIES, ROLES } from '#domain/vocabulary.ts'
import { resolve, schemasIn, type Place } from '../../helpers/openapi-document.ts'
import { document, requestSchemas, answerSchemas, isOf } from './document-schemas.ts'

t.test('requests are bounded: text, arrays and numbers; what is passed over may be anything', async t => {
  const schemas = requestSchemas().filter(({ schema }) => schema.readOnly !== true || schema.type !== undefined)
  t.ok(schemas.length > 50)
  const unbounded = schemas.filter(
    ({ schema }) =>
      schema.type === undefined ||
      (isOf(schema, 'string') && schema.maxLength === undefined && schema.enum === undefined) ||
      (isOf(schema, 'array') && schema.maxItems === undefined) ||
      ((isOf(schema, 'integer') || isOf(schema, 'number')) &&
        (schema.minimum === undefined || schema.maximum === undefined)),
  )
  t.same(
    unbounded.map(({ path }) => path),
    [],
  )
})

t.test('requests are closed: no unknown fields, and enums instead of open lists', async t => {
  const objects = requestSchemas().filter(({ schema }) => isOf(schema, 'object') && schema.discriminator === undefined)
  t.ok(objects.length > 5)
  t.same(
    objects.filter(({ schema }) => schema.additionalProperties !== false).map(({ path }) => path),
    [],
  )
  t.same(
    requestSchemas()
      .filter(({ schema }) => 'x-extensible-enum' in schema)
      .map(({ path }) => path),
    [],
  )
})

t.test('answers are open: fields may come, and so may values of lists that no rule closes', async t => {
  const closed = new Set([ROLES, DUTIES, APP_KINDS].map(list => list.join()))
  const isClosed = ({ enum: values }: { enum?: (string | null)[] }): boolean =>
    values === undefined || closed.has(values.filter(value => value !== null).join())
  const schemas = answerSchemas()
  t.ok(schemas.some(({ schema }) => 'x-extensible-enum' in schema))
  t.same(
    schemas.filter(({ schema }) => schema.additionalProperties === false || !isClosed(schema)).map(({ path }) => path),
    [],
  )
})

t.test('R10, R12: roles, duties and kinds of apps are the same in answers as in requests', async t => {
  for (const [answer, request, field] of [
    ['Contact', 'ContactPatch', 'role'],
    ['Contact', 'RosterContactInput', 'role'],
    ['App', 'AppInput', 'kind'],
  ] as const) {
    const valuesIn = (name: string): unknown[] => {
      const { enum: values } = resolve(document, document.components.schemas[name].properties[field])
      return values.filter((value: unknown) => value !== null)
    }
    t.same(valuesIn(answer), valuesIn(request), `${answer} ${field}`)
  }
})

/** Every schema of the document, with where it is. */
function allSchemas(): Place[] {
  const named = Object.entries<any>(document.components.schemas)
  return [
    ...requestSchemas(),
    ...answerSchemas(),
    ...named.flatMap(([name, schema]) => schemasIn(document, schema, name)),
  ]
}

t.test('a union has nothing but titled alternatives, and says by which tag to choose', async t => {
  const unions = allSchemas().filter(({ schema }) => 'oneOf' in schema || 'allOf' in schema)
  t.ok(unions.length > 0)
  for (const { schema, path } of unions) {
    t.notOk('properties' in schema || 'allOf' in schema, `${path} has no fields next to its alternatives`)
    const alternatives = schema.oneOf.map((alternative: any) => resolve(document, alternative))
    t.ok(
      alternatives.every(({ title }: { title?: string }) => (title ?? '').length > 0),
      `${path} has titles`,
    )
    const { propertyName, mapping } = schema.discriminator
    t.same(
      Object.values(mapping),
      schema.oneOf.map(({ $ref }: { $ref: string }) => $ref),
      `${path} maps every tag`,
    )
    for (const [tag, $ref] of Object.entries<string>(mapping))
      t.same(resolve(document, { $ref }).properties[propertyName].enum, [tag], `${path} ${tag}`)
  }
})

t.test('an alternative to a named schema is only null', async t => {
  for (const { schema, path } of allSchemas().filter(({ schema }) => 'anyOf' in schema)) {
    const [named, ...others] = schema.anyOf
    t.ok('$ref' in named, path)
    t.same(others, [{ type: 'null' }], path)
    t.notOk('properties' in schema, path)
  }
})

t.test('texts, lists and integers have bounds, and integers a format, also in answers', async t => {
  const unbounded = allSchemas().filter(
    ({ schema }) =>
      (isOf(schema, 'string') &&
        schema.enum === undefined &&
        (schema.minLength === undefined || schema.maxLength === undefined)) ||
      (isOf(schema, 'array') && (schema.minItems === undefined || schema.maxItems === undefined)) ||
      (isOf(schema, 'integer') && [schema.minimum, schema.maximum, schema.format].includes(undefined)),
  )
  t.same(
    unbounded.map(({ path }) => path),
    [],
  )
})

t.test('named schemas have names, and nothing of the generator is left', async t => {
  for (const name of Object.keys(document.components.schemas)) t.match(name, /^[A-Z][A-Za-z]+$/)
  t.notMatch(JSON.stringify(document), /"\$id"|schema-\d|\$defs|"~/)
  const inline = [...requestSchemas(), ...answerSchemas()].filter(
    ({ schema }) => schema.type === 'object' && !Object.values(document.components.schemas).includes(schema),
  )
  t.same(
    inline.map(({ path }) => path),
    [],
    'every object has a name',
  )
})
