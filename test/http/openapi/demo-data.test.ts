import t from 'tap'
import { registerDemoOn } from '../../helpers/demo-data.ts'
import { headersOfBody, operationsOf, resolve, type Operation } from '../../helpers/openapi-document.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'
import { API_CLIENT_ID, CHANGE_REQUEST_ID, CONTRACT_ID } from '#http/schemas/examples.ts'

/** The operations as the page shows them: the chapters in their order, and each chapter in the document's order. */
function inPageOrder(document: any): Operation[] {
  const chapters: string[] = document.tags.map(({ name }: { name: string }) => name)
  return operationsOf(document).toSorted((a, b) => chapters.indexOf(a.tags[0]!) - chapters.indexOf(b.tags[0]!))
}

/** The request that an operation's examples make: its path, what it demands of the query, and its first body. */
function exampleOf(document: any, { path, parameters, requestBody }: Operation): { url: string; body: unknown } {
  const query = parameters.filter(({ in: place, required }) => place === 'query' && required)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(String(parameters.find(parameter => parameter.name === name)!.example)),
  )
  const [content] = Object.values<{ examples?: object }>(resolve(document, requestBody)?.content ?? {})
  const [example] = Object.values(content?.examples ?? {})
  return {
    url: `${filled}?${query.map(({ name, example }) => `${name}=${String(example)}`).join('&')}`.replace(/\?$/, ''),
    body: resolve(document, example)?.value,
  }
}

/** The forms of an answer that has several, as clients ask for them. */
function spelledForms({ responses }: Operation): { form: string; accept: string }[] {
  const forms = Object.keys(responses['200']?.content ?? {})
  if (forms.length < 2) return []
  return forms.flatMap(form =>
    ['', '; charset=utf-8', ';charset="UTF-8"', ';q=0.8, application/problem+json'].map(end => ({
      form,
      accept: `${form}${end}`,
    })),
  )
}

/** Files of people name their purpose. */
function withPurpose(url: string, { parameters }: Operation): string {
  if (url.includes('purpose=') || !parameters.some(({ name }) => name === 'purpose')) return url
  return `${url}${url.includes('?') ? '&' : '?'}purpose=inquiries`
}

t.test('every example succeeds on the demonstration data, from the top of the page to its end', async t => {
  const service = await testService(t)
  await registerDemoOn(service)
  service.clock.set('2026-11-25T00:00:00.000Z')
  const document = service.app.swagger()
  let roster: Answer | undefined
  for (const operation of inPageOrder(document)) {
    const { url, body } = exampleOf(document, operation)
    const { method, operationId } = operation
    // No example can be the tag of a roster: the reader copies it from the answer above.
    const headers = operationId === 'putRoster' ? { 'if-match': roster!.headers['etag']! } : headersOfBody(operation)
    const answer = await service.call(method.toUpperCase(), url, body, headers)
    if (operationId === 'getRoster') roster = answer
    const isDone = answer.status >= 200 && answer.status < 300
    t.ok(isDone, `${operationId} ${url} ${isDone ? '' : answer.text}`)
    for (const { form, accept } of spelledForms(operation)) {
      const { text, ...as } = await service.call(method.toUpperCase(), withPurpose(url, operation), body, {
        ...headers,
        accept,
      })
      t.match(
        as,
        { status: 200, headers: { 'content-type': form } },
        `${operationId} as ${accept} ${text.slice(0, 200)}`,
      )
    }
  }
})

t.test('a repeat adds nothing', async t => {
  const service = await testService(t)
  await registerDemoOn(service)
  const all = async (): Promise<unknown[]> =>
    await Promise.all(
      [
        '/v1/contacts',
        '/v1/contracts',
        '/v1/change-requests',
        '/v1/api-clients',
        `/v1/contracts/${CONTRACT_ID}/history`,
      ].map(async path => (await service.call('GET', `${path}?limit=200`)).body),
    )
  const first = await all()
  await registerDemoOn(service)
  t.same(await all(), first)
  t.match(first[2], { items: [{ change_request_id: CHANGE_REQUEST_ID, state: 'needs_primary_confirmation' }] })
  t.match(first[3], { items: [{ client_id: API_CLIENT_ID }] })
})
