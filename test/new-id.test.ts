import t from 'tap'
import { validate, version } from 'uuid'
import { idBytes, newId } from '#new-id.ts'

t.test('ids are UUIDs of version 7, each greater than the one before', async t => {
  const ids = Array.from({ length: 20_000 }, newId)
  t.ok(ids.every(id => validate(id) && version(id) === 7))
  t.same(ids, [...new Set(ids)].toSorted())
})

t.test('ids go on where the clock stands still or goes back', async t => {
  const { now } = Date
  t.teardown(() => (Date.now = now))
  const before = newId()
  const ids = [0, -1, -3_600_000, 0].map(milliseconds => {
    const time = now() + milliseconds
    Date.now = () => time
    return newId()
  })
  t.same([before, ...ids], [before, ...ids].toSorted())
})

t.test('no id has the random bytes of another', async t => {
  const bytes = Array.from({ length: 1000 }, () => Buffer.from(idBytes()).toString('hex'))
  t.equal(new Set(bytes).size, 1000)
})
