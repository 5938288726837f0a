import t from 'tap'
import { chainOf, faultOf, type LinkedEntry } from '#domain/history/history-chain.ts'

const digest = (text: string): Buffer => Buffer.from(text.padEnd(32, '.'))
const entries = ['a', 'b', 'c'].map(text => ({ fixed: digest(text), content: digest(`content of ${text}`) }))
const hashes = chainOf(undefined, entries)
const linked = (index: number, changes: Partial<LinkedEntry> = {}): LinkedEntry => ({
  ...entries[index]!,
  before: hashes[index - 1] ?? null,
  kept: entries[index]!.content,
  hash: hashes[index]!,
  event_id: index + 1,
  history_id: index + 10,
  is_unsalted: false,
  ...changes,
})
const fault = (changes: Partial<LinkedEntry>, redacted: number[] = []) => faultOf(linked(1, changes), new Set(redacted))

t.test('R40: a chain goes on where it ended', async t => {
  t.same(chainOf(hashes[0], entries.slice(1)), hashes.slice(1))
  t.equal(faultOf(linked(0), new Set()), undefined)
  t.equal(fault({}), undefined)
})

t.test('R40: each fault of an entry has its name', async t => {
  t.equal(fault({ before: null }), 'number')
  t.equal(fault({ fixed: null, content: null }), 'missing')
  t.equal(fault({ fixed: entries[1]!.fixed, content: null }), 'missing')
  t.equal(fault({ fixed: digest('x') }), 'hash')
  t.equal(fault({ kept: digest('x') }), 'hash')
  t.equal(fault({ before: digest('x') }), 'hash')
  t.equal(fault({ content: digest('x') }), 'changed')
})

t.test('R33: content may be gone where an erasure says so, and took the salt', async t => {
  const erased = { content: digest('x'), is_unsalted: true }
  t.equal(fault(erased, [11]), undefined)
  t.equal(fault(erased, [12]), 'changed')
  t.equal(fault({ content: digest('x') }, [11]), 'changed')
})
