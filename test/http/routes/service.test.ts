import t from 'tap'
import { rowCounts } from '../../helpers/history.ts'
import { query } from '../../helpers/query.ts'
import { testService } from '../../helpers/test-service.ts'
import { LANGUAGES } from '#http/problems/language.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'

const { app, call, database, owner_url } = await testService(t)

t.test('healthz and readyz answer without a key', async t => {
  for (const url of ['/healthz', '/readyz', '/healthz?probe=1']) {
    const answer = await app.inject({ method: 'GET', url })
    t.equal(answer.statusCode, 200)
    t.same(answer.json(), { status: 'ok' })
  }
})

t.test('every problem explains itself under its type', async t => {
  for (const [type, { status, title, meaning, remedy }] of Object.entries(PROBLEM_TYPES)) {
    for (const language of LANGUAGES) {
      const answer = await call('GET', `/problems/${type}`, undefined, {
        authorization: '',
        'accept-language': language,
      })
      t.equal(answer.status, 200)
      t.same(answer.body, {
        type: `/problems/${type}`,
        status,
        title: title[language],
        meaning: meaning[language],
        remedy: remedy[language],
      })
    }
  }
  for (const type of ['nothing', 'constructor', 'to-string'])
    t.match(await call('GET', `/problems/${type}`), { status: 404, body: { type: '/problems/not-found' } }, type)
  for (const type of ['__proto__', 'NOT-FOUND', '1', 'a'.repeat(65)])
    t.match(
      await call('GET', `/problems/${type}`),
      { status: 400, body: { errors: [{ in: 'path', pointer: '#/problem_type' }] } },
      type,
    )
})

t.test('the contract is served as JSON and YAML, with a tag', async t => {
  const json = await call('GET', '/openapi.json')
  t.match(json, {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', etag: /^"/ },
    body: { openapi: /^3\.1/ },
  })
  const yaml = await call('GET', '/openapi.yaml')
  t.match(yaml, {
    status: 200,
    headers: { 'content-type': 'application/yaml; charset=utf-8', etag: /^"/ },
    text: /^openapi: ['"]?3\.1/,
  })
})

t.test('a database that lacks migrations is not ready, and one that is away neither', async t => {
  await query(owner_url, 'delete from kysely_migration where name = (select max(name) from kysely_migration)')
  t.match(await call('GET', '/readyz'), {
    status: 503,
    headers: { 'retry-after': /^\d+$/ },
    body: { type: '/problems/unavailable' },
  })
  t.equal((await call('GET', '/healthz')).status, 200)
  t.match(await rowCounts(database), { history: 0 })
})

t.test('on a database that lacks what this release needs, requests are refused with 503', async t => {
  const { call, owner_url } = await testService(t)
  await query(owner_url, 'alter table products rename to products_of_another_release')
  t.match(await call('GET', '/v1/products'), {
    status: 503,
    headers: { 'retry-after': /^\d+$/ },
    body: { type: '/problems/unavailable' },
  })
})
