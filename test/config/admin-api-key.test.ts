import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { adminApiKey } from '#config/admin-api-key.ts'

t.test('with the embedded database a key is made once and kept, for its owner only', async t => {
  const data_dir = join(t.testdir(), 'data')
  const first = await adminApiKey({ admin_api_key: null, database_url: null, data_dir })
  t.match(first.key, /^mdg_[\w-]{43}$/)
  t.equal(first.line, first.key, 'it is printed, for there is no other way to learn it')
  t.same(await adminApiKey({ admin_api_key: null, database_url: null, data_dir }), first)
  t.equal(statSync(join(data_dir, 'admin-api-key')).mode & 0o777, 0o600)
  t.equal(readFileSync(join(data_dir, 'admin-api-key'), 'utf8'), `${first.key}\n`)
})

t.test('with another database nothing is kept in the data folder', async t => {
  const data_dir = t.testdir()
  const made = await adminApiKey({ admin_api_key: null, database_url: 'postgres://db.example/madoguchi', data_dir })
  t.match(made.key, /^mdg_/)
  t.same(readdirSync(data_dir), [])
})

t.test('a key that is given is used and never printed', async t => {
  const admin_api_key = 'given-key-given-key-given-key-given'
  const { key, line } = await adminApiKey({ admin_api_key, database_url: null, data_dir: t.testdir() })
  t.equal(key, admin_api_key)
  t.notMatch(line, admin_api_key)
})

t.test('a kept file without a whole key is refused, not taken for one', async t => {
  const data_dir = t.testdir()
  for (const content of ['', '\n', 'half-a-key']) {
    writeFileSync(join(data_dir, 'admin-api-key'), content)
    await t.rejects(adminApiKey({ admin_api_key: null, database_url: null, data_dir }), /admin-api-key holds no key/)
  }
})
