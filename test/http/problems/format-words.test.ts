import { globSync, readFileSync } from 'node:fs'
import t from 'tap'
import { putContract } from '../../helpers/fixtures.ts'
import { operationsOf, type Operation } from '../../helpers/openapi-document.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'
import { LANGUAGES } from '#http/problems/language.ts'
import { hasPatternWords } from '#http/problems/format-texts.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

// What a regular expression looks like, in a text for people.
const EXPRESSION = /\\[dDsSwWbBux]|\[\^|\[[A-Za-z0-9]-[A-Za-z0-9]|\(\?|[)\]]\{\d|[)\]][*+?]|\.\*|\$(?:[^{]|$)|\^/
const WRONG = ['x\u3000', '\u3000\u3000', '!? ^$', '9999-12-31', '1899-12-31T00:00:00Z'] as const

const { app, call } = await testService(t)
const document: any = app.swagger()
const operations = operationsOf(document)

t.test('every pattern of the published document has words', async t => {
  const patterns = patternsIn(document)
  t.ok(patterns.size >= 8)
  for (const pattern of patterns) t.ok(hasPatternWords(pattern), pattern)
})

t.test('schemas take their patterns from the list whose words are complete', async t => {
  const root = new URL('../../../', import.meta.url).pathname
  for (const path of globSync('src/http/{schemas,openapi,routes}/**/*.ts', { cwd: root }))
    t.notMatch(readFileSync(`${root}/${path}`, 'utf8'), /\bpattern: (?!PATTERNS\.)/, path)
})

t.test('what looks like a regular expression is found', async t => {
  for (const pattern of Object.values(PATTERNS)) t.match(pattern, EXPRESSION)
})

function patternsIn(part: unknown): Set<string> {
  if (typeof part !== 'object' || part === null) return new Set()
  const own = 'pattern' in part && typeof part.pattern === 'string' ? [part.pattern] : []
  return new Set([...own, ...Object.values(part).flatMap(inner => [...patternsIn(inner)])])
}

for (const operation of operations) {
  t.test(`${operation.operationId} refuses values without a regular expression`, async t => {
    for (const [where, answer] of [...(await wrongParameters(operation)), ...(await wrongBodies(operation))]) {
      for (const text of answer.status === 400 || answer.status === 422 ? textsOf(answer.body) : [])
        t.notMatch(text.replaceAll(/"[^"]*"|「[^」]*」/g, ''), EXPRESSION, `${where}: ${text}`)
    }
  })
}

/** The words of a problem: its own, and those of each place. */
function textsOf({ detail, errors = [] }: any): string[] {
  return [detail, ...errors.map((error: any) => error.detail)]
}

async function wrongParameters(operation: Operation): Promise<[string, Answer][]> {
  const method = operation.method.toUpperCase()
  const answers: [string, Answer][] = []
  for (const { name, in: part } of operation.parameters) {
    for (const [index, wrong] of WRONG.entries()) {
      const language = { 'accept-language': LANGUAGES[index % LANGUAGES.length]! }
      const value = encodeURIComponent(wrong)
      const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, other) =>
        part === 'path' && other === name ? value : 'x',
      )
      const url = part === 'query' ? `${path}?${name}=${value}` : path
      const headers = part === 'header' ? { ...language, [name]: encodeURI(wrong) } : language
      answers.push([`${name}=${wrong}`, await call(method, url, exampleOf(operation), headers)])
    }
  }
  return answers
}

/** Each text of the example in turn, with wrong values in its place. */
async function wrongBodies(operation: Operation): Promise<[string, Answer][]> {
  const example = exampleOf(operation)
  const url = operation.path.replaceAll(/\{\w+\}/g, 'x')
  const answers: [string, Answer][] = []
  for (const path of textPaths(example)) {
    for (const [index, wrong] of WRONG.entries()) {
      const headers = { 'accept-language': LANGUAGES[index % LANGUAGES.length]!, 'if-match': '*' }
      const body = replaced(example, path, wrong)
      answers.push([`${path.join('/')}=${wrong}`, await call(operation.method.toUpperCase(), url, body, headers)])
    }
  }
  return answers
}

function exampleOf({ requestBody }: Operation): any {
  return Object.values(Object.values(requestBody?.content ?? {})[0]?.examples ?? {})[0]?.value
}

function textPaths(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'string' || value === null) return [path]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) => textPaths(inner, [...path, name]))
}

function replaced(value: any, [name, ...rest]: string[], wrong: string): any {
  if (name === undefined) return wrong
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === name ? replaced(item, rest, wrong) : item))
    : { ...value, [name]: replaced(value[name], rest, wrong) }
}

t.test('a last day of 9999 is answered with how to send none, in both languages', async t => {
  const answers = await Promise.all(
    LANGUAGES.map(
      async language =>
        await call(
          'PUT',
          '/v1/contracts/endless',
          {
            customer_id: 'c',
            product_id: 'manage',
            starts_on: '2026-04-01',
            ends_on: '9999-12-31',
            connections: 0,
            app_ids: [],
          },
          { 'accept-language': language },
        ),
    ),
  )
  t.match(answers, [
    { status: 400, body: { detail: /^ends_on: .*2999-12-31\. For no end, send "ends_on": null\.$/ } },
    {
      status: 400,
      body: { detail: /^「契約終了日\(ends_on\)」: .*2999-12-31.*終了日を定めない場合は、「"ends_on": null」/ },
    },
  ])
})

t.test(
  'a full-width space at the end of a name is named where it is refused, and removed where names are unified',
  async t => {
    t.match(await call('PUT', '/v1/customers/spaced', { name: '株式会社青空商事\u3000' }), {
      status: 400,
      body: { errors: [{ pointer: '#/name', code: 'invalid-format', detail: /full-width space \(U\+3000\)/ }] },
    })
    t.match(
      await call('PUT', '/v1/customers/spaced', { name: '\u3000株式会社青空商事' }, { 'accept-language': 'ja' }),
      { status: 400, body: { detail: /全角の空白\(U\+3000\)/ } },
    )
    const requester = { name: '\u3000', channel: 'phone' }
    const operations = [{ op: 'remove', contact_id: '019d4672-7740-7c41-9d2e-3f5b8a1c7e90' }]
    t.match(await call('POST', '/v1/change-requests', { contract_id: 'spaced', operations, requested_by: requester }), {
      status: 400,
      body: { errors: [{ pointer: '#/requested_by/name', detail: /not consist of spaces only/ }] },
    })
    await putContract(call, 'spaced')
    const contact = { family_name: '\u3000山田\u3000', given_name: '太郎\u3000', email: 'yamada@spaced.example.jp' }
    t.match(
      await call('POST', '/v1/contracts/spaced/contacts', { ...contact, role: 'primary', privacy_notice_version: '1' }),
      { status: 201, body: { family_name: '山田', given_name: '太郎' } },
    )
  },
)
