import type { Operation } from '../helpers/registry-operations.ts'
import { outcomeOf } from '../helpers/tally.ts'
import type { Answer } from '../helpers/test-service.ts'

// What thousands of steps always meet: each operation done, and each of its refusals.
export const EXPECTED = [
  'register 201',
  'update 200',
  'remove 204',
  'restore 201',
  'person 200',
  'hand over 200',
  'replace 200',
  'bill 200',
  'succeed 200',
  'transfer 200',
  'roster 200',
  'form 409 already-registered',
  'ask 201',
  'confirm 200',
  'approve 200',
  'grant 200',
  'apply 200',
  'reject 200',
  'withdraw 200',
  'restore 409 duplicate-contact',
  'restore 409 email-in-use',
  'succeed 409 state-conflict',
  'succeed 409 contract-not-in-force',
  'succeed 422 invalid-value',
  'transfer 409 address-stays-behind',
  'transfer 409 state-conflict',
  'person 409 email-in-use',
  'person 409 primary-required',
  'roster 409 primary-exists',
  'roster 409 primary-required',
  'roster 409 email-in-use',
  'roster 409 email-taken',
  'update 409 person-elsewhere',
  'roster 409 seat-limit-reached',
  'roster 422 unknown-reference',
  'roster 409 removals-unconfirmed',
  'register 422 name-not-personal',
  'update 422 name-not-personal',
  'roster 422 name-not-personal',
  'ask 422 name-not-personal',
  'ask 422 unknown-reference',
  'ask 422 requester-ambiguous',
  'ask 409 removals-unconfirmed',
  'confirm 403 forbidden',
  'confirm 409 state-conflict',
  'approve 403 forbidden',
  'approve 409 confirmation-required',
  'approve 409 state-conflict',
  'apply 409 confirmation-required',
  'apply 409 state-conflict',
  'reject 409 state-conflict',
]

const SUCCESS: Record<Operation['kind'], string> = {
  register: '201',
  update: '200',
  remove: '204',
  restore: '201',
  person: '200',
  'hand over': '200',
  replace: '200',
  bill: '200',
  succeed: '200',
  transfer: '200',
  roster: '200',
  form: '201',
  ask: '201',
  confirm: '200',
  approve: '200',
  grant: '200',
  apply: '200',
  reject: '200',
  withdraw: '200',
}

/** Where a whole list was asked for, every problem has to be named, and no other. */
export function isPredicted(answer: Answer, { kind }: Operation, problems: string[]): boolean {
  if (problems.length === 0) return outcomeOf(answer) === SUCCESS[kind]
  if (kind !== 'roster' && kind !== 'form') return problems.includes(outcomeOf(answer))
  const named = (answer.body.problems ?? [answer.body]).map(
    ({ status, type }: any) => `${status} ${type.replace('/problems/', '')}`,
  )
  return [...new Set(named)].toSorted().join() === problems.toSorted().join()
}
