import t from 'tap'
import { RefusedError } from '#domain/refusal.ts'

t.test('a refusal is thrown with everything that speaks against the request, the answer first', async t => {
  const error = new RefusedError({ type: 'email-taken' }, { type: 'primary-required', contract_id: 'C-1' })
  t.ok(error instanceof Error)
  t.equal(error.name, 'RefusedError')
  t.equal(error.message, 'email-taken')
  t.strictSame(error.refusals, [{ type: 'email-taken' }, { type: 'primary-required', contract_id: 'C-1' }])
})

t.test('R20: the refusal of an address that serves another customer says nothing more', async t => {
  t.strictSame(new RefusedError({ type: 'email-taken' }).refusals, [{ type: 'email-taken' }])
})
