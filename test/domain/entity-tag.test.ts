import t from 'tap'
import { entityTag } from '#domain/entity-tag.ts'

t.test('a tag is strong, quoted and the same for the same answer', async t => {
  t.match(entityTag({ name: '山田' }), /^"[\w-]{22}"$/)
  t.equal(entityTag({ name: '山田', role: null }), entityTag({ name: '山田', role: null }))
})

t.test('the order of fields does not count, at any depth', async t => {
  t.equal(entityTag({ a: 1, b: { c: [{ d: 1, e: 2 }], f: 2 } }), entityTag({ b: { f: 2, c: [{ e: 2, d: 1 }] }, a: 1 }))
})

t.test('every difference in the answer makes another tag', async t => {
  const answers = [
    {},
    { a: 1 },
    { a: '1' },
    { a: null },
    { a: [1, 2] },
    { a: [2, 1] },
    { a: {} },
    { a: [] },
    { a: '\uFA19' },
    { a: '\u795E' },
    { b: 1 },
  ]
  t.equal(new Set(answers.map(entityTag)).size, answers.length)
})
