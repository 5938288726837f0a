import { putContract, register, type ContractFields } from './fixtures.ts'
import type { TestService } from './test-service.ts'
import { endContract } from '#actions/contracts/end-contract.ts'
import { listEndsToRecord } from '#db/contracts/contracts.ts'
import { BEFORE_ALL } from '#db/due.ts'

/**
 * A contract with 岡 as the primary, and 伊藤 and 佐藤 who share a mailbox, whose accounts have passwords; and a
 * successor without contacts.
 */
export async function renewed(
  { call, clock }: TestService,
  name: string,
  from: ContractFields = {},
  to: ContractFields = {},
): Promise<any[]> {
  const fields = { customer_id: name, product_id: 'manage', app_ids: ['attendance'] }
  await putContract(call, `${name}-1`, { ...fields, ...from })
  await putContract(call, `${name}-2`, { ...fields, starts_on: '2026-04-01', ...to })
  const email = `desk@${name}.example.jp`
  const contacts = [
    await register(call, `${name}-1`, { role: 'primary', family_name: '岡', email: `oka@${name}.example.jp` }),
    await register(call, `${name}-1`, { family_name: '伊藤', email, shared_mailbox: true, duties: ['system'] }),
    await register(call, `${name}-1`, { family_name: '佐藤', email, shared_mailbox: true }),
  ]
  for (const account_id of new Set(contacts.map(contact => contact.account_id)))
    await call('PATCH', `/v1/support-accounts/${account_id}`, { password_set_at: clock.now() })
  return contacts
}

/** Records the ends of contracts, as the jobs of the day do. */
export async function recordEnds({ clock, context, database }: TestService): Promise<void> {
  for (const { id } of await listEndsToRecord(database, clock.today(), { after: BEFORE_ALL, limit: 1000 }))
    await endContract(context, id, { actor: 'madoguchi', request_id: 'job', source: 'job' })
}
