import t from 'tap'
import { chainOf, faultOf, redactionRecord, type LinkedEntry } from '#domain/history/history-chain.ts'

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
const NONE = new Map<number, string>()
const fault = (changes: Partial<LinkedEntry>, redacted: ReadonlyMap<number, string | null> = NONE) =>
  faultOf(linked(1, changes), redacted)

t.test('R40: a chain goes on where it ended', async t => {
  t.same(chainOf(hashes[0], entries.slice(1)), hashes.slice(1))
  t.equal(faultOf(linked(0), NONE), undefined)
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

t.test('R33, R40: content may be what an erasure left, and nothing else', async t => {
  const left = digest('x').toString('hex')
  t.equal(fault({ content: digest('x') }, new Map([[11, left]])), undefined)
  t.equal(fault({ content: digest('x') }, new Map([[12, left]])), 'changed')
  t.equal(fault({ content: digest('y') }, new Map([[11, left]])), 'changed')
  t.equal(fault({ content: digest('y'), is_unsalted: true }, new Map([[11, left]])), 'changed')
})

t.test('R33: of an erasure of a release that kept no digests, the salt is gone', async t => {
  const erased = { content: digest('x'), is_unsalted: true }
  t.equal(fault(erased, new Map([[11, null]])), undefined)
  t.equal(fault(erased, new Map([[12, null]])), 'changed')
  t.equal(fault({ content: digest('x') }, new Map([[11, null]])), 'changed')
})

t.test('R40: the record of an erasure names each entry with its digest', async t => {
  t.same(redactionRecord([{ id: 7, digest: 'aa' }]), { redacted_history_ids: [7], redacted_digests: ['aa'] })
})
