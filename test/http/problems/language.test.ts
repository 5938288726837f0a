import t, { type Test } from 'tap'
import { fillContract, person, putContract } from '../../helpers/fixtures.ts'
import { notJapanese } from '../../helpers/texts.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/apply-change-request.ts'
import { languageOf } from '#http/problems/language.ts'

const { app, call, clock, context } = await testService(t)
const JA = { 'accept-language': 'ja' }
const EN = { 'accept-language': 'en' }

// RFC 9110 §12.5.4: what is asked for, and what comes.
const NEGOTIATION: [header: string | undefined, language: 'en' | 'ja'][] = [
  [undefined, 'en'],
  ['', 'en'],
  [' ', 'en'],
  ['*', 'en'],
  ['en', 'en'],
  ['ja', 'ja'],
  ['JA', 'ja'],
  ['ja-JP', 'ja'],
  ['ja-jp-osaka', 'ja'],
  ['en-GB', 'en'],
  ['ja, en', 'ja'],
  ['en, ja', 'en'],
  ['ja-JP, en', 'ja'],
  ['en-US, ja', 'en'],
  ['ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7', 'ja'],
  ['en-US,en;q=0.9,ja;q=0.8', 'en'],
  ['en;q=0.5, ja;q=0.6', 'ja'],
  ['en;q=0.5, ja;q=0.501', 'ja'],
  ['ja;q=0.5, en;q=0.5', 'ja'],
  ['en;q=0.3, ja;q=0.2, *', 'en'],
  ['en;Q=0.1 , ja ; q=0.2', 'ja'],
  ['ja;q=1.000', 'ja'],
  ['ja;q=0.', 'en'],
  ['fr', 'en'],
  ['zh-TW, ko', 'en'],
  ['fr, ja;q=0.1', 'ja'],
  ['fr;q=0.9, *;q=0.1', 'en'],
  ['*, ja;q=0.5', 'en'],
  ['*;q=0.1, ja', 'ja'],
  ['en;q=0, *', 'ja'],
  ['en;q=0', 'en'],
  ['ja;q=0', 'en'],
  ['ja;q=0, en;q=0', 'en'],
  ['*;q=0', 'en'],
  ['ja;q=0, *', 'en'],
  [',ja,,', 'ja'],
  ['fr, , ja', 'ja'],
  ['jav', 'en'],
  ['japanese', 'en'],
  ['x-ja', 'en'],
  ['i-ja', 'en'],
  ['ja;q=2', 'en'],
  ['ja;q=-1', 'en'],
  ['ja;q=abc', 'en'],
  ['ja;q=0.1234', 'en'],
  ['ja;q', 'en'],
  ['ja;', 'en'],
  ['ja;level=1', 'en'],
  ['ja_JP', 'en'],
  ['ja, @', 'en'],
  ['日本語', 'en'],
  ['ja en', 'en'],
  ['ja-', 'en'],
  ['*-JP', 'en'],
  ['"ja"', 'en'],
  ['ja\u0000', 'en'],
  [`ja,${'fr,'.repeat(332)}`, 'ja'],
  [`ja,${'fr,'.repeat(333)}`, 'en'],
]

t.test(
  'an Accept-Language gets the language that it asks for most, and English where it asks for none of ours',
  async t => {
    for (const [header, language] of NEGOTIATION)
      t.equal(languageOf(header), language, `${JSON.stringify(header?.slice(0, 40))} → ${language}`)
  },
)

t.test('a problem says its language, and that another may be had, whoever answers it', async t => {
  for (const [method, url, status] of [
    ['GET', '/v1/customers/nobody', 404],
    ['GET', '/unknown', 404],
    ['PATCH', '/v1/customers', 405],
    ['GET', '/v1/customers/%zz', 400],
    ['GET', `/v1/customers/${'a'.repeat(8000)}`, 400],
    ['GET', '/v1/customers?limit=x', 400],
  ] as const) {
    const [japanese, english, french] = [
      await call(method, url, undefined, JA),
      await call(method, url),
      await call(method, url, undefined, { 'accept-language': 'fr;q=x' }),
    ]
    t.match(
      japanese,
      { status, headers: { 'content-language': 'ja', vary: 'accept, authorization, accept-language' } },
      url,
    )
    t.same(notJapanese(japanese.body), [], url)
    for (const answer of [english, french])
      t.match(
        answer,
        {
          status,
          headers: { 'content-language': 'en', vary: 'accept, authorization, accept-language' },
          body: { title: /^[ -~]+$/, detail: /^[ -~]+$/ },
        },
        url,
      )
    t.equal(japanese.body.type, english.body.type)
  }
  t.match(await app.inject({ url: '/v1/customers', headers: JA }), {
    statusCode: 401,
    headers: { 'content-language': 'ja' },
  })
})

t.test('an answer without texts for people has no language', async t => {
  const { headers } = await call('GET', '/v1/customers', undefined, JA)
  t.match(headers, { 'content-language': undefined, vary: /^accept, authorization$/ })
})

/** The same question in both languages: other texts under other tags, each of which holds for its own language only. */
async function assertTwoRepresentations(t: Test, url: string): Promise<void> {
  const [japanese, english] = [await call('GET', url, undefined, JA), await call('GET', url, undefined, EN)]
  t.match(
    japanese,
    { status: 200, headers: { 'content-language': 'ja', vary: 'accept, authorization, accept-language' } },
    url,
  )
  t.match(
    english,
    { status: 200, headers: { 'content-language': 'en', vary: 'accept, authorization, accept-language' } },
    url,
  )
  t.not(japanese.headers['etag'], english.headers['etag'], `${url}: another representation`)
  t.equal((await call('GET', url, undefined, { ...JA, 'if-none-match': japanese.headers['etag']! })).status, 304)
  t.match(
    await call('GET', url, undefined, { ...EN, 'if-none-match': japanese.headers['etag']! }),
    { status: 200, headers: { 'content-language': 'en' } },
    url,
  )
  t.same(notJapanese(japanese.body), [], url)
}

t.test('explanations of problems', async t => {
  await assertTwoRepresentations(t, '/problems/seat-limit-reached')
  t.match(await call('GET', '/problems/email-taken', undefined, { 'accept-language': 'ja-JP' }), {
    headers: { 'cache-control': 'public, max-age=3600' },
    body: { type: '/problems/email-taken', title: 'このメールアドレスは登録できません' },
  })
})

const newcomer = (contract_id: string) => ({
  op: 'add',
  contact: person({ family_name: '新田', email: `new@${contract_id}.example.jp` }),
})
const asked = async (contract_id: string, fields: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  await call(
    'POST',
    '/v1/change-requests',
    {
      contract_id,
      operations: [newcomer(contract_id)],
      requested_by: { name: '山田', email: `primary@${contract_id}.example.jp`, channel: 'mail' },
      ...fields,
    },
    headers,
  )

t.test('plans of change requests, alone and in lists', async t => {
  await fillContract(call, 'planned', 3)
  const japanese = await asked('planned', {}, JA)
  t.match(japanese, {
    status: 201,
    headers: { 'content-language': 'ja' },
    body: {
      plan: {
        problems: [
          {
            type: '/problems/seat-limit-reached',
            title: '登録可能人数に達しています',
            remedy: /登録/,
            next: { why: '登録可能人数の内訳を確認します' },
          },
        ],
      },
    },
  })
  const url = `/v1/change-requests/${japanese.body.change_request_id}`
  t.match(await call('GET', url), {
    headers: { 'content-language': 'en' },
    body: { plan: { problems: [{ title: 'All seats of the contract are taken' }] } },
  })
  await assertTwoRepresentations(t, url)
  await assertTwoRepresentations(t, '/v1/change-requests')
})

t.test(
  'what stood in the way of a change that failed on its day is told in the language of whoever reads it',
  async t => {
    const [, first] = await fillContract(call, 'failed', 3)
    const {
      body: { change_request_id },
    } = await asked('failed', {
      effective_on: '2026-05-01',
      operations: [newcomer('failed'), { op: 'remove', contact_id: first.contact_id }],
    })
    await call('DELETE', `/v1/contacts/${first.contact_id}`)
    await call('POST', '/v1/contracts/failed/contacts', person({ email: 'fourth@failed.example.jp' }))
    clock.set('2026-05-01T00:00:00.000Z')
    await applyScheduledRequest(context, change_request_id, {
      actor: 'madoguchi',
      request_id: 'job',
      source: 'job' as const,
    })
    clock.set('2026-04-01T00:30:00.000Z')
    const url = `/v1/change-requests/${change_request_id}`
    t.match((await call('GET', url, undefined, JA)).body, {
      state: 'failed',
      problems: [
        { title: '登録されていないIDが指定されています', detail: /問い合わせご担当者「/ },
        { detail: '契約「failed」の登録可能人数は4名で、すでに4名が登録されています。' },
      ],
    })
    t.match((await call('GET', url)).body, {
      state: 'failed',
      problems: [{ detail: /^Not registered: contact/ }, { detail: 'Contract failed has 4 seats and 4 contacts.' }],
    })
    await assertTwoRepresentations(t, url)
    await assertTwoRepresentations(t, '/v1/change-requests?state=failed')
  },
)

t.test('a refusal that is repeated under its key is told in the language of the repeat', async t => {
  await fillContract(call, 'repeated', 3)
  const register = async (headers: object) =>
    await call(
      'POST',
      '/v1/contracts/repeated/contacts',
      person({ family_name: '新田', email: 'new@repeated.example.jp' }),
      { 'idempotency-key': 'once', ...headers },
    )
  t.match(await register(EN), {
    status: 409,
    headers: { 'idempotent-replayed': undefined },
    body: { title: 'All seats of the contract are taken' },
  })
  const again = await register(JA)
  t.match(again, {
    status: 409,
    headers: { 'idempotent-replayed': 'true', 'content-language': 'ja' },
    body: { title: '登録可能人数に達しています' },
  })
  t.same(notJapanese(again.body), [])
  await putContract(call, 'replayed')
  await fillContract(call, 'replayed', 3)
  await asked('replayed', {}, { ...EN, 'idempotency-key': 'asked-once' })
  t.match(await asked('replayed', {}, { ...JA, 'idempotency-key': 'asked-once' }), {
    status: 201,
    headers: { 'idempotent-replayed': 'true', 'content-language': 'ja' },
    body: { plan: { problems: [{ title: '登録可能人数に達しています' }] } },
  })
})

t.test(
  "a roster is changed under its tag whatever language was read, and its plan is told in the caller's",
  async t => {
    const [primary, ...others] = await fillContract(call, 'tagged', 2)
    const read = await call('GET', '/v1/contracts/tagged/roster', undefined, JA)
    t.equal((await call('GET', '/v1/contracts/tagged/roster')).headers['etag'], read.headers['etag'])
    const headers = { 'if-match': read.headers['etag']! }
    const put = async (contacts: unknown[], language: object) =>
      await call('PUT', '/v1/contracts/tagged/roster', { contacts }, { ...headers, ...language })
    const plan = async (contacts: unknown[], language: object) =>
      await call('POST', '/v1/contracts/tagged/roster/plan', { contacts }, { ...headers, ...language })
    const full = [
      primary,
      ...others,
      ...[1, 2].map(number =>
        person({ family_name: ['新田', '新井'][number - 1]!, email: `new${number}@tagged.example.jp` }),
      ),
    ]
    const [japanese, english] = [await plan(full, JA), await plan(full, EN)]
    t.match(japanese, {
      status: 200,
      headers: { 'content-language': 'ja' },
      body: { feasible: false, problems: [{ title: '登録可能人数に達しています' }] },
    })
    t.match(english, {
      status: 200,
      headers: { 'content-language': 'en' },
      body: { feasible: false, problems: [{ title: 'All seats of the contract are taken' }] },
    })
    t.match(await put(full, JA), {
      status: 409,
      headers: { 'content-language': 'ja' },
      body: { problems: [{ remedy: /登録/ }] },
    })
    t.match(await put([primary, others[0], { ...others[1], duties: ['system'] }], EN), {
      status: 200,
      headers: { 'content-language': undefined },
    })
  },
)

t.test("R13: what is noticed of a name is told in the caller's language, under the tag of a read", async t => {
  await putContract(call, 'noticed')
  const registered = await call(
    'POST',
    '/v1/contracts/noticed/contacts',
    person({ role: 'primary', family_name: '水流所', given_name: null, email: 'noticed@example.jp' }),
    JA,
  )
  t.match(registered, {
    status: 201,
    headers: { 'content-language': 'ja', vary: /accept-language/ },
    body: {
      warnings: [{ code: 'name-doubtful', detail: '「所」は組織名の一部の可能性があります。個人名かご確認ください。' }],
    },
  })
  const path = `/v1/contacts/${registered.body.contact_id}`
  t.equal((await call('GET', path)).headers['etag'], registered.headers['etag'])
  const titled = await call('PATCH', path, { family_name: '山田様' }, EN)
  t.match(titled, {
    status: 200,
    headers: { 'content-language': 'en' },
    body: { family_name: '山田', warnings: [{ code: 'title-removed', detail: /^The title .* was removed/ }] },
  })
})
