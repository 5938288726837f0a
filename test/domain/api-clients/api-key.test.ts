import fc from 'fast-check'
import t from 'tap'
import { apiKeyDigest, apiKeyHint, apiKeyOf, isApiKey, KEY_BYTES } from '#domain/api-clients/api-key.ts'

const bytes = fc.uint8Array({ minLength: KEY_BYTES, maxLength: KEY_BYTES })
const environments = fc.constantFrom('live', 'dev', 'test2', 'x')

t.test('every key has the form that secret scanners look for, and is known by its checksum', async t => {
  fc.assert(
    fc.property(bytes, environments, (random, environment) => {
      const key = apiKeyOf(environment, random)
      return new RegExp(`^mdg_${environment}_[0-9A-Za-z]{49}$`).test(key) && isApiKey(key, environment)
    }),
  )
  t.equal(
    apiKeyOf('live', new Uint8Array(KEY_BYTES)),
    'mdg_live_00000000000000000000000000000000000000000000sGaZP',
    'leading zeros stay',
  )
  t.not(apiKeyOf('live', new Uint8Array(KEY_BYTES).fill(1)), apiKeyOf('live', new Uint8Array(KEY_BYTES).fill(2)))
})

t.test('a key of another environment, or with any character changed, is none', async t => {
  const key = apiKeyOf('live', new Uint8Array(KEY_BYTES).fill(171))
  for (const other of ['dev', 'liv', 'live2', '']) t.notOk(isApiKey(key, other), other)
  t.notOk(isApiKey(apiKeyOf('dev', new Uint8Array(KEY_BYTES).fill(171)), 'live'))
  for (let index = 0; index < key.length; index++) {
    const changed = key.slice(0, index) + (key[index] === 'x' ? 'y' : 'x') + key.slice(index + 1)
    t.notOk(isApiKey(changed, 'live'), changed)
  }
  for (const text of [
    '',
    'mdg_live_',
    key.slice(0, -1),
    `${key}0`,
    ` ${key}`,
    key.toUpperCase(),
    'x'.repeat(key.length),
  ])
    t.notOk(isApiKey(text, 'live'), text)
})

t.test('what is kept and shown of a key does not give it away', async t => {
  const key = apiKeyOf('live', new Uint8Array(KEY_BYTES).fill(200))
  t.match(apiKeyDigest(key), /^[\w-]{43}$/)
  t.not(apiKeyDigest(key), apiKeyDigest(`${key}x`))
  t.equal(apiKeyHint(key), key.slice(0, 'mdg_live_'.length + 4))
})
