import type { Test } from 'tap'
import { notJapanese } from '../../helpers/texts.ts'
import type { Call } from '../../helpers/test-service.ts'

export const JA = { 'accept-language': 'ja' }
export const EN = { 'accept-language': 'en' }

/** The same question in both languages: other texts under other tags, each of which holds for its own language only. */
export async function assertTwoRepresentations(t: Test, call: Call, url: string): Promise<void> {
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
