import { readFile } from 'node:fs/promises'
import t from 'tap'
import { APP_KINDS, DUTIES, ROLES } from '#domain/vocabulary.ts'
import { operationsOf, resolve, schemasIn, type Place } from '../../helpers/openapi-document.ts'

const document = JSON.parse(await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8'))
const operations = operationsOf(document)

/** Every schema that requests are held to: of bodies and of parameters. */
function requestSchemas(): Place[] {
  return operations.flatMap(({ operationId, parameters, requestBody }) => [
    ...parameters.flatMap(({ name, schema }) => schemasIn(document, schema, `${operationId} ${name}`)),
    ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
      schemasIn(document, schema, `${operationId} body`),
    ),
  ])
}

function answerSchemas(): Place[] {
  return operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, { content }]) =>
      Object.values(content ?? {}).flatMap(({ schema }) => schemasIn(document, schema, `${operationId} ${status}`)),
    ),
  )
}

const isOf = (schema: any, type: string): boolean => [schema.type].flat().includes(type)

t.test('operations have a camelCase id of their own, a short summary, a description and one known tag', async t => {
  const ids = operations.map(({ operationId }) => operationId)
  t.same(ids, [...new Set(ids)])
  const tags = new Set(document.tags.map(({ name }: { name: string }) => name))
  for (const { operationId, summary, description, tags: own } of operations) {
    t.match(operationId, /^[a-z]+([A-Z][a-z]+)*$/)
    t.ok(summary.length > 0 && summary.length <= 80 && !summary.endsWith('.'), `${operationId}: ${summary}`)
    t.ok(description.length > 60, `${operationId} says what happens`)
    t.ok(own.length === 1 && tags.has(own[0]), `${operationId} is in a chapter`)
  }
})

t.test('every parameter, property, header, response and named schema is described', async t => {
  const described: [path: string, description: unknown][] = [
    ...operations.flatMap(({ operationId, parameters, responses }) => [
      ...parameters.map(({ name, description }) => [`${operationId} ${name}`, description] as [string, unknown]),
      ...Object.entries(responses).flatMap(([status, { description, headers = {} }]) => [
        [`${operationId} ${status}`, description] as [string, unknown],
        ...Object.entries(headers).map(
          ([name, header]) => [`${operationId} ${status} ${name}`, header.description] as [string, unknown],
        ),
      ]),
    ]),
    ...[...requestSchemas(), ...answerSchemas()].flatMap(({ schema, path }) =>
      Object.entries<any>(schema.properties ?? {}).map(
        ([name, property]) =>
          [`${path}.${name}`, property.description ?? resolve(document, property).description] as [string, unknown],
      ),
    ),
    ...Object.entries<any>(document.components.schemas).map(
      ([name, { description }]) => [name, description] as [string, unknown],
    ),
  ]
  t.ok(described.length > 1000)
  t.same(
    described.filter(([, description]) => typeof description !== 'string' || description.trim() === ''),
    [],
  )
})

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

t.test('headers: entity tags, locations, pages, retries', async t => {
  for (const { operationId, method, parameters, responses } of operations) {
    const takes = (name: string): boolean =>
      parameters.some(parameter => parameter.in === 'header' && parameter.name === name)
    const gives = (status: string, name: string): boolean => name in (responses[status]?.headers ?? {})
    t.same(
      Object.keys(responses).filter(status => !gives(status, 'Request-Id')),
      [],
      `${operationId} says the request's id`,
    )
    if (method === 'get' && gives('200', 'ETag'))
      t.ok(takes('If-None-Match') && gives('304', 'ETag'), `${operationId} answers 304`)
    if (['put', 'patch', 'delete'].includes(method))
      t.ok(takes('If-Match') && '412' in responses, `${operationId} honours If-Match`)
    if (['put', 'patch'].includes(method)) t.ok(gives('200', 'ETag'), `${operationId} answers the new entity tag`)
    if (method === 'put' && '201' in responses)
      t.ok(takes('If-None-Match'), `${operationId} can be told only to create`)
    if ('201' in responses) t.ok(gives('201', 'Location') && gives('201', 'ETag'), `${operationId} says where`)
    if (method === 'post' && '201' in responses)
      t.ok(takes('Idempotency-Key') && gives('201', 'Idempotent-Replayed'), `${operationId} may be repeated`)
    if (parameters.some(({ name }) => name === 'cursor'))
      t.ok(gives('200', 'Link') && parameters.some(({ name }) => name === 'limit'), `${operationId} pages`)
    if ('401' in responses) t.ok(gives('401', 'WWW-Authenticate'), operationId)
    if ('503' in responses) t.ok(gives('503', 'Retry-After'), operationId)
  }
})

t.test('statuses: each operation names those that any request may meet, and no default', async t => {
  for (const { operationId, responses } of operations) {
    const anywhere = ['400', '406', '408', '414', '431', '500']
    t.same(
      anywhere.filter(status => !(status in responses)),
      [],
      operationId,
    )
    t.same(
      Object.keys(responses).filter(status => !/^[2345]\d\d$/.test(status)),
      [],
      operationId,
    )
  }
})

t.test('a shared component is used more than once, and nothing is there twice', async t => {
  const text = JSON.stringify(document)
  for (const kind of ['parameters', 'responses', 'examples']) {
    const shared = Object.entries<object>(document.components[kind])
    t.ok(shared.length > 10, kind)
    t.equal(new Set(shared.map(([, part]) => JSON.stringify(part))).size, shared.length, kind)
    t.same(
      shared.map(([name]) => name).filter(name => text.split(`"#/components/${kind}/${name}"`).length < 3),
      [],
      kind,
    )
  }
})

t.test('patches are merge patches', async t => {
  const patches = operations.filter(({ method }) => method === 'patch')
  t.ok(patches.length > 0)
  for (const { operationId, requestBody } of patches) {
    t.same(Object.keys(requestBody!.content), ['application/merge-patch+json', 'application/json'], operationId)
    t.notOk(
      schemasIn(document, requestBody!.content['application/json']!.schema, '')[0]!.schema.required,
      `${operationId} demands no field`,
    )
  }
})

/** The fields of an answer, or of any of its forms. */
function fieldsOf(schema: any): string[] {
  const { anyOf, properties } = resolve(document, schema)
  return anyOf === undefined ? Object.keys(properties) : anyOf.flatMap(fieldsOf)
}

t.test('links lead to operations and their parameters, out of fields that the answer has', async t => {
  const links = operations.flatMap(({ operationId, responses }) =>
    Object.values(responses).flatMap(({ content, links = {} }) =>
      Object.values(links).map(link => ({
        from: operationId,
        link,
        fields: fieldsOf(content!['application/json']!.schema),
      })),
    ),
  )
  t.ok(links.length > 0)
  for (const { from, link, fields } of links) {
    const target = operations.find(({ operationId }) => operationId === link.operationId)
    t.ok(target, `${from} → ${link.operationId}`)
    if (link.requestBody !== undefined)
      t.ok(
        target?.requestBody !== undefined && fields.includes(link.requestBody.replace('$response.body#/', '')),
        `${from} ${link.requestBody}`,
      )
    for (const [name, expression] of Object.entries<string>(link.parameters ?? {})) {
      t.ok(
        target?.parameters.some(parameter => parameter.name === name),
        `${from} → ${link.operationId} ${name}`,
      )
      t.ok(fields.includes(expression.replace('$response.body#/', '')), `${from} ${expression}`)
    }
  }
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
    t.notOk('properties' in schema || 'allOf' in schema, `${path} has no fields beside its alternatives`)
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
