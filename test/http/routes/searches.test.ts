import t from 'tap'
import { putContract, putCustomer, register } from '../../helpers/fixtures.ts'
import { testService } from '../../helpers/test-service.ts'

const { call } = await testService(t)

await putContract(call, 'S-1', { customer_id: 'one', product_id: 'manage_ac' })
await putContract(call, 'S-2', { customer_id: 'two', product_id: 'manage_ac' })
await putCustomer(call, 'one', '㈱青空商事')
await putCustomer(call, 'two', '株式会社みなと精機')
const primary = await register(call, 'S-1', { role: 'primary', email: 'yamada@one.example.jp' })
await register(call, 'S-1', { family_name: '髙橋', given_name: '恵', email: 'Takahashi@one.example.jp' })
const removed = await register(call, 'S-1', { family_name: '高橋', given_name: '愛', email: 'ai@one.example.jp' })
await register(call, 'S-2', { role: 'primary', family_name: 'Smith', given_name: 'John', email: 'john@two.example.jp' })
await register(call, 'S-2', { family_name: 'Anna', given_name: 'Anna', email: 'anna@two.example.jp' })
await call('DELETE', `/v1/contacts/${removed.contact_id}`)

const found = async (search: object): Promise<string[]> => {
  const { status, body } = await call('POST', '/v1/contact-searches', search)
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body.items.map(({ name }: { name: string }) => name)
}

t.test('R26: contacts are found by any part of the name', async t => {
  t.strictSame(await found({ name: '高橋' }), ['髙橋 恵'], 'a variant kanji, and no removed contact')
  t.strictSame(await found({ name: '橋' }), ['髙橋 恵'], 'one character')
  t.strictSame(await found({ name: '恵　髙橋' }), ['髙橋 恵'])
  t.strictSame(await found({ name: '山田太郎' }), ['山田 太郎'])
  t.strictSame(await found({ name: 'john smith' }), ['John Smith'])
  t.strictSame(await found({ name: 'n' }), ['Anna Anna', 'John Smith'], 'a name that holds it several times once')
  t.strictSame(await found({ name: '存在しない' }), [])
  t.same((await found({ name: '高橋', include_removed: true })).toSorted(), ['高橋 愛', '髙橋 恵'].toSorted())
})

t.test('R16: contacts are found by address in any spelling, and by domain', async t => {
  t.strictSame(await found({ email: 'ｔａｋａｈａｓｈｉ＠ONE.example.jp' }), ['髙橋 恵'])
  t.strictSame(await found({ email: 'ai@one.example.jp' }), [])
  t.strictSame(await found({ email: 'ai@one.example.jp', include_removed: true }), ['高橋 愛'])
  t.strictSame(await found({ domain: 'One.Example.JP' }), ['山田 太郎', '髙橋 恵'])
  t.strictSame(await found({ domain: 'example.jp' }), [], 'a domain above it is another')
  t.strictSame(await found({ domain: 'one.example.jp', name: '恵' }), ['髙橋 恵'])
  t.strictSame(await found({ domain: 'gmail.com', name: '恵' }), [])
  t.strictSame(await found({ customer_id: 'two', name: 'a' }), ['Anna Anna'])
  t.strictSame(await found({ contract_id: 'S-1', name: '田' }), ['山田 太郎'])
  t.strictSame(await found({ contract_id: 'S-1' }), ['山田 太郎', '髙橋 恵'])
})

t.test('R34: a changed name is found, and the former one no longer', async t => {
  await call('PATCH', `/v1/contacts/${primary.contact_id}`, { family_name: '谷口' })
  t.strictSame(await found({ name: '谷' }), ['谷口 太郎'])
  t.strictSame(await found({ name: '山田' }), [])
  await call('PATCH', `/v1/contacts/${primary.contact_id}`, { family_name: '山田' })
  t.strictSame(await found({ name: '山田' }), ['山田 太郎'])
})

t.test('pages follow one another without repeats, and each search has its own cursors', async t => {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body }: { body: any } = await call('POST', '/v1/contact-searches', { name: 'n', limit: 1, cursor })
    seen.push(...body.items.map(({ name }: { name: string }) => name))
    cursor = body.next_cursor
    if (cursor !== null) {
      const other = await call('POST', '/v1/contact-searches', { name: 'h', cursor })
      t.equal(other.status, 400)
      t.equal(other.body.errors[0].code, 'bad-cursor')
    }
  } while (cursor !== null)
  t.strictSame(seen, ['Anna Anna', 'John Smith'])
})

t.test('customers are found by any part of the name', async t => {
  const names = async (name: string): Promise<string[]> =>
    (await call('POST', '/v1/customer-searches', { name })).body.items.map((item: any) => item.name)
  t.strictSame(await names('株式会社青空'), ['㈱青空商事'])
  t.strictSame(await names('港'), [])
  t.strictSame(await names('ミナト'), ['株式会社みなと精機'])
  t.same((await names('株')).toSorted(), ['㈱青空商事', '株式会社みなと精機'].toSorted())
  const first = await call('POST', '/v1/customer-searches', { name: '株', limit: 1 })
  const second = await call('POST', '/v1/customer-searches', { name: '株', limit: 1, cursor: first.body.next_cursor })
  t.equal(second.body.next_cursor, null)
  t.not(first.body.items[0].customer_id, second.body.items[0].customer_id)
  await putCustomer(call, 'two', '株式会社湊精機')
  t.strictSame(await names('みなと'), [])
  await putCustomer(call, 'gone', '消える商店')
  t.equal((await call('DELETE', '/v1/customers/gone')).status, 204)
  t.strictSame(await names('消える'), [])
})

t.test('a search for nothing is refused, and so is what no contact can have', async t => {
  for (const [search, pointer, code] of [
    [{}, '#', 'nothing-to-search-for'],
    [{ include_removed: true, limit: 5 }, '#', 'nothing-to-search-for'],
    [{ name: null, email: null }, '#', 'nothing-to-search-for'],
    [{ name: '・' }, '#/name', 'nothing-to-search-for'],
    [{ name: '' }, '#/name', 'too-short'],
    [{ email: 'no address' }, '#/email', 'invalid-address'],
    [{ domain: 'no domain' }, '#/domain', 'invalid-address'],
    [{ name: 'a', limit: 201 }, '#/limit', 'out-of-range'],
    [{ name: 'a', cursor: 'WzEsMl0' }, '#/cursor', 'bad-cursor'],
    [{ nmae: 'a' }, '#/nmae', 'unknown-field'],
  ] as const) {
    const { status, body } = await call('POST', '/v1/contact-searches', search)
    t.equal(status, 400, JSON.stringify(search))
    t.match(body.errors, [{ pointer, code }])
  }
  t.equal((await call('POST', '/v1/customer-searches', {})).status, 400)
})

t.test('R31: a search is recorded as a disclosure, without what was searched for', async t => {
  await found({ name: '髙橋', domain: 'one.example.jp', customer_id: 'one' })
  const { body } = await call('GET', '/v1/disclosures?limit=1')
  t.match(body.items[0], {
    operation: 'searchContacts',
    rows: 1,
    filter: { customer_id: 'one', searched_by: ['name', 'domain'] },
  })
  t.notMatch(JSON.stringify(body), /髙橋|one\.example/)
})
