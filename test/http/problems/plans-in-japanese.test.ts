import t from 'tap'
import { fillContract, person, putContract } from '../../helpers/fixtures.ts'
import { notJapanese } from '../../helpers/texts.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'
import { assertTwoRepresentations, EN, JA } from './two-representations.ts'

const { call, clock, context } = await testService(t)

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
  await assertTwoRepresentations(t, call, url)
  await assertTwoRepresentations(t, call, '/v1/change-requests')
})

t.test("what prevented a change that failed on its day is said in the reader's language", async t => {
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
  await assertTwoRepresentations(t, call, url)
  await assertTwoRepresentations(t, call, '/v1/change-requests?state=failed')
})

t.test('a refusal that is repeated under its key is said in the language of the repeat', async t => {
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
  "a roster is changed under its tag whatever language was read, and its plan is said in the caller's",
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

t.test("R13: a warning about a name is said in the caller's language, under the tag of a read", async t => {
  await putContract(call, 'warned')
  const registered = await call(
    'POST',
    '/v1/contracts/warned/contacts',
    person({ role: 'primary', family_name: '水流所', given_name: null, email: 'warned@example.jp' }),
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
