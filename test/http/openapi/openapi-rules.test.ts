import t from 'tap'
import { resolve, schemasIn } from '../../helpers/openapi-document.ts'
import { document, operations, requestSchemas, answerSchemas } from './document-schemas.ts'

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
      t.ok(takes('If-None-Match'), `${operationId} can be asked only to create`)
    if ('201' in responses) t.ok(gives('201', 'Location') && gives('201', 'ETag'), `${operationId} says where`)
    if (method === 'post' && '201' in responses)
      t.ok(takes('Idempotency-Key') && gives('201', 'Idempotent-Replayed'), `${operationId} may be repeated`)
    if (parameters.some(({ name }) => name === 'cursor')) {
      t.ok(gives('200', 'Link') && parameters.some(({ name }) => name === 'limit'), `${operationId} pages`)
      t.ok(gives('200', 'Events-Cursor'), `R37: ${operationId} says from where to follow its changes`)
    }
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
