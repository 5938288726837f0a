import t from 'tap'
import { contractState, hasEnded } from '#domain/contracts/contract-term.ts'
import { CONTRACT_STATES } from '#domain/vocabulary.ts'

const term = { starts_on: '2024-04-01', ends_on: '2025-03-31' }

t.test('R28: a contract is in force from its first to its last day, both included', async t => {
  t.equal(contractState(term, '2024-03-31'), 'not_yet_in_force')
  t.equal(contractState(term, '2024-04-01'), 'in_force')
  t.equal(contractState(term, '2025-03-31'), 'in_force')
  t.equal(contractState(term, '2025-04-01'), 'ended')
})

t.test('R28: a contract of one day is in force on that day', async t => {
  const states = ['2024-02-28', '2024-02-29', '2024-03-01'].map(today =>
    contractState({ starts_on: '2024-02-29', ends_on: '2024-02-29' }, today),
  )
  t.strictSame(states, CONTRACT_STATES)
})

t.test('R28: a contract without a last day never ends', async t => {
  t.equal(contractState({ ...term, ends_on: null }, '2999-12-31'), 'in_force')
  t.notOk(hasEnded({ ends_on: null }, '2999-12-31'))
})

t.test('R28: it has ended from the day after its last', async t => {
  t.notOk(hasEnded(term, '2025-03-31'))
  t.ok(hasEnded(term, '2025-04-01'))
})
