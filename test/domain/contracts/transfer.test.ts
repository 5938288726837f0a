import t from 'tap'
import {
  planTransfer,
  transferRefusals,
  type StayingContact,
  type TransferAccount,
} from '#domain/contracts/transfer.ts'
import { contact, elsewhere, primary, rosterOf, TODAY } from '../rosters/roster-facts.ts'

const a = primary('a')
const ENDED = '2025-03-31'

const account = (of: { account_id: string; email_key: string }, fields: Partial<TransferAccount> = {}) => ({
  account_id: of.account_id,
  customer_id: 'customer-1',
  email_key: of.email_key,
  is_open: true,
  staying: [],
  ...fields,
})
const staying = (ends_on: string | null = null): StayingContact => ({ ...elsewhere('a'), ends_on })
const plan = (known: TransferAccount[], fields: Parameters<typeof rosterOf>[1] = {}, contacts = [a]) =>
  planTransfer([rosterOf(contacts, fields)], known, 'customer-2', TODAY)
const idsOf = (accounts: readonly { account_id: string }[]): string[] => accounts.map(({ account_id }) => account_id)

t.test('R36: the account goes along with its contacts in force', async t => {
  const moved = plan([account(a)])
  t.match(moved, { accounts: [{ account_id: a.account_id, contract_id: 'C-1' }], superseded: [], conflicts: [] })
  t.strictSame(transferRefusals(moved), [])
  t.strictSame(idsOf(plan([account(a, { staying: [staying(ENDED)] })]).accounts), [a.account_id], 'an ended one stays')
})

t.test('R20, R36: an address with contacts in force on both sides is refused, with all of them', async t => {
  const refused = plan([account(a, { staying: [staying(), staying(ENDED)] })])
  const refusal = {
    type: 'address-stays-behind',
    contacts: [
      { contact_id: 'a', contract_id: 'C-1', name: 'a' },
      { contact_id: 'a elsewhere', contract_id: 'C-2', name: 'a' },
    ],
    count: 2,
  }
  t.strictSame(transferRefusals(refused), [refusal])
  t.strictSame(transferRefusals(refused, 'C-1'), [refusal])
  t.strictSame(transferRefusals(refused, 'C-3'), [])
})

t.test('R28, R36: where no contact of an account is in force, it goes if no contact stays with it', async t => {
  const closed = account(a, { is_open: false })
  t.strictSame(idsOf(plan([closed], { ends_on: ENDED }).accounts), [a.account_id])
  t.strictSame(plan([{ ...closed, staying: [staying(ENDED)] }], { ends_on: ENDED }).accounts, [])
  const stays = plan([account(a, { staying: [staying()] })], { ends_on: ENDED })
  t.match(stays, { accounts: [], conflicts: [] }, 'an open one stays with those who use it')
})

t.test('R21, R36: a contact that keeps a former address or account takes none along', async t => {
  t.strictSame(plan([account({ ...a, email_key: 'new@example.jp' })], { ends_on: ENDED }).accounts, [])
  t.strictSame(plan([account(a, { customer_id: 'customer-2' })], { ends_on: ENDED }).accounts, [])
})

t.test('R21, R36: of the accounts of one address the open one remains, else the one that comes', async t => {
  const theirs = account({ ...a, account_id: 'theirs' }, { customer_id: 'customer-2', is_open: false })
  t.strictSame(plan([theirs, account(a)]).superseded, ['theirs'])
  t.strictSame(plan([theirs, account(a, { is_open: false })], { ends_on: ENDED }).superseded, ['theirs'])
  const used = [{ ...theirs, is_open: true }, account(a, { is_open: false })]
  t.strictSame(plan(used, { ends_on: ENDED }).superseded, [a.account_id])
  const other = account(contact('b'), { customer_id: 'customer-2' })
  t.strictSame(plan([other, account(a)]).superseded, [], 'another address')
})
