import t from 'tap'
import { notJapanese } from '../../helpers/texts.ts'
import { testService } from '../../helpers/test-service.ts'
import { languageOf } from '#http/problems/language.ts'
import { assertTwoRepresentations, JA } from './two-representations.ts'

const { app, call } = await testService(t)

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

t.test('a problem says its language, and that another may be had, wherever it comes from', async t => {
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

t.test('explanations of problems', async t => {
  await assertTwoRepresentations(t, call, '/problems/seat-limit-reached')
  t.match(await call('GET', '/problems/email-taken', undefined, { 'accept-language': 'ja-JP' }), {
    headers: { 'cache-control': 'public, max-age=3600' },
    body: { type: '/problems/email-taken', title: 'このメールアドレスは登録できません' },
  })
})
