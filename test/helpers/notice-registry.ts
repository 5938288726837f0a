import { putContract, putCustomer, register } from './fixtures.ts'
import type { TestService } from './test-service.ts'
import type { Db } from '#db/driver/database.ts'

/** Gives a contact a name that would be refused today (R13): what was registered before stays. */
export async function nameAsBefore(db: Db, { contact_id }: { contact_id: string }, family_name: string): Promise<void> {
  await db.run({
    name: '',
    text: 'update contacts set family_name = $2, name_key = $2 where contact_id = $1',
    values: [contact_id, family_name],
  })
}

/**
 * Customers whose accounts get notices in different ways: shared, of two contracts, not yet in force, ended, removed.
 */
export async function fillNoticeRegistry({ call, clock, database }: TestService): Promise<void> {
  await putContract(call, 'N-1', { product_id: 'manage_ac', customer_id: 'one' })
  await putContract(call, 'N-2', { product_id: 'data_link', connections: 1, customer_id: 'one' })
  await putContract(call, 'N-3', { customer_id: 'two', starts_on: '2026-05-01' })
  await putContract(call, 'N-4', { customer_id: 'ended', ends_on: '2026-04-01' })
  await putCustomer(call, 'one', '株式会社「青空」, 商事')
  const box = { email: 'Desk@one.example.jp', shared_mailbox: true }
  await register(call, 'N-1', { ...box, role: 'primary' })
  await register(call, 'N-1', { ...box, family_name: '佐藤', given_name: '次郎' })
  await register(call, 'N-2', { ...box, role: 'primary' })
  await register(call, 'N-2', { family_name: '伊藤', given_name: '花子', email: 'ito@one.example.jp' })
  const plus = await register(call, 'N-3', { role: 'primary', given_name: null, email: '+plus@two.example.jp' })
  await nameAsBefore(database, plus, '=cmd|calc')
  await register(call, 'N-4', { role: 'primary', email: 'who@ended.example.jp' })
  const gone = await register(call, 'N-2', { family_name: '高橋', given_name: null, email: 'gone@one.example.jp' })
  await call('DELETE', `/v1/contacts/${gone.contact_id}`)
  clock.set('2026-04-02T00:00:00.000Z')
}
