import t from 'tap'
import { operationsOf, resolve, type Operation } from '../../helpers/openapi-document.ts'
import { testService } from '../../helpers/test-service.ts'

// Every limit that the document states of a request is stepped over by one, and the request refused for it.

const { app, call } = await testService(t)
const document = app.swagger()
const operations = operationsOf(document)

type Schema = {
  type?: string | string[]
  enum?: unknown[]
  pattern?: string
  format?: string
  maxLength?: number
  maxItems?: number
  maximum?: number
  items?: Schema
}

/** Values one above a limit of a schema, with the code that they are refused with. */
function beyond(given: Schema): [value: unknown, code: string][] {
  const schema = resolve(document, given) as Schema
  const { maxLength, maxItems, maximum, items } = schema
  return [
    ...(maxLength === undefined ? [] : [['x'.repeat(maxLength + 1), 'too-long'] as [unknown, string]]),
    ...(maxItems === undefined || items === undefined
      ? []
      : [[Array.from({ length: maxItems + 1 }, () => 'x'), 'too-many'] as [unknown, string]]),
    ...(maximum === undefined ? [] : [[maximum + 1, 'out-of-range'] as [unknown, string]]),
  ]
}

const pathOf = ({ path, parameters }: Operation, given: Record<string, string> = {}): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const { schema } = parameters.find(parameter => parameter.in === 'path' && parameter.name === name)!
    return (
      given[name] ??
      String(schema.examples?.[0] ?? (name === 'problem_type' ? 'not-found' : '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'))
    )
  })

/** The query that an operation demands, with one more parameter. */
function queryOf({ parameters }: Operation, more: Record<string, string>): string {
  const demanded = parameters
    .filter(({ in: part, required }) => part === 'query' && required === true)
    .map(({ name, schema }) => [name, String(schema.enum[0])])
  return new URLSearchParams({ ...Object.fromEntries(demanded), ...more }).toString()
}

let checked = 0

for (const operation of operations) {
  t.test(`${operation.operationId} holds its limits`, async t => {
    const example = Object.values(Object.values(operation.requestBody?.content ?? {})[0]?.examples ?? {})[0]?.value as
      Record<string, unknown> | undefined
    const ask = async (path: string, body: object | undefined, headers: Record<string, string>) =>
      await call(operation.method.toUpperCase(), path, body, headers)
    for (const { in: part, name, schema } of operation.parameters) {
      for (const [value, code] of beyond(schema)) {
        const text = String(value)
        const query = queryOf(operation, part === 'query' ? { [name]: text } : {})
        const path = `${pathOf(operation, part === 'path' ? { [name]: text } : {})}?${query}`
        const answer = await ask(path, example, part === 'header' ? { [name]: text } : {})
        checked++
        if (name === 'Accept-Language') {
          t.match(answer, { status: 431, body: { type: '/problems/header-fields-too-large' } })
          continue
        }
        t.equal(answer.status, 400, `${part} ${name} ${code}`)
        t.ok(
          answer.body.errors.some(
            (error: { pointer: string; code: string }) =>
              error.pointer.toLowerCase() === `#/${name.toLowerCase()}` && error.code === code,
          ),
          `${part} ${name} ${code}: ${answer.text}`,
        )
      }
    }
    const content = Object.values(operation.requestBody?.content ?? {})[0]
    for (const [name, schema] of Object.entries<Schema>(resolve(document, content?.schema)?.properties ?? {})) {
      for (const [value, code] of beyond(schema)) {
        const answer = await ask(pathOf(operation), { ...example, [name]: value }, {})
        t.equal(answer.status, 400, `body ${name} ${code}`)
        t.ok(
          answer.body.errors.some(
            (error: { pointer: string; code: string }) => error.pointer === `#/${name}` && error.code === code,
          ),
          `body ${name} ${code}: ${answer.text.slice(0, 300)}`,
        )
        checked++
      }
    }
  })
}

t.test('there were limits to hold', async t => {
  t.ok(checked > 100, String(checked))
})
