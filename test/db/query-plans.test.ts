import pg from 'pg'
import t from 'tap'
import { fillRegistry } from '../helpers/full-registry.ts'
import { testDatabase } from '../helpers/test-database.ts'
import { listChangeRequests, listDueChangeRequests } from '#db/change-requests/change-requests.ts'
import { listFoundContacts } from '#db/rosters/contact-search.ts'
import { listContacts } from '#db/rosters/contact-pages.ts'
import { listContracts } from '#db/contracts/contract-pages.ts'
import { listEndsToRecord } from '#db/contracts/contracts.ts'
import { listFoundCustomers } from '#db/contracts/customer-search.ts'
import { listCustomers } from '#db/contracts/customers.ts'
import type { Db } from '#db/driver/database.ts'
import { BEFORE_ALL } from '#db/due.ts'
import { listApiClientHistory, listContactHistory, listContractHistory } from '#db/history/history.ts'
import { listNoticeAccounts } from '#db/accounts/notice-recipients.ts'
import { findPastFacts, listPastContacts } from '#db/history/past.ts'
import { listNeighbours, listPrimariesOfDomains } from '#db/senders/sender-domains.ts'
import { listSenderRegistrations } from '#db/senders/sender-registrations.ts'
import { listFormerRegistrations } from '#db/senders/former-registrations.ts'
import { listSupportAccounts } from '#db/accounts/support-accounts.ts'
import {
  contacts,
  TODAY,
  LIMIT,
  uuid,
  middle,
  SOME_CHANGE,
  MIDDLE_CHANGE,
  CONTRACT_LISTS,
  CONTACT_LISTS,
  PRESENT_ADDRESS,
  CLOSED_ADDRESS,
} from './query-plan-facts.ts'
import { SINGLE_READS } from './single-reads.ts'
import { testReads } from './planned-reads.ts'

const { url, owner_url } = await testDatabase(t)
await fillRegistry(owner_url, contacts)
const client = new pg.Client({ connectionString: url })
await client.connect()
t.teardown(async () => {
  await client.end()
})

const reads = (name: string, query: (db: Db) => Promise<unknown>, items = LIMIT): void =>
  testReads(client, name, query, items)

for (const [filter, ...positions] of CONTRACT_LISTS) {
  for (const after of [{ contract_id: '' }, ...positions]) {
    reads(`contracts ${JSON.stringify(filter)} after ${JSON.stringify(after)}`, db =>
      listContracts(db, filter, TODAY, { after, limit: LIMIT }),
    )
  }
}

for (const filter of CONTACT_LISTS) {
  for (const contact_id of [uuid(0), middle.contact]) {
    reads(`contacts ${JSON.stringify(filter)} after ${contact_id}`, db =>
      listContacts(db, filter, { after: { contact_id }, limit: LIMIT }, TODAY),
    )
  }
}
for (const updated_since of ['2000-01-01T00:00:00.000Z', '2999-01-01T00:00:00.000Z'])
  reads(`contacts changed since ${updated_since}`, db =>
    listContacts(db, { updated_since }, { after: { contact_id: uuid(0) }, limit: LIMIT }, TODAY),
  )

// One character and two, common and rare, and words that come late in the index.
for (const words of [['田'], ['鷁'], ['高橋'], ['山田太郎'], ['john', 'smith'], ['n'], ['存在しない']]) {
  for (const after of [null, { contact_id: middle.contact, part: words.at(-1)!, is_removed: false }]) {
    for (const include_removed of [false, true])
      reads(
        `contacts by the name ${words.join(' ')} ${include_removed ? 'also removed' : 'present'} after ` +
          `${after?.contact_id}`,
        db => listFoundContacts(db, { words, include_removed, is_name_first: true }, { after, limit: LIMIT }, TODAY),
        include_removed ? 2 * LIMIT : LIMIT,
      )
  }
}
for (const narrowed of [
  { customer_id: middle.customer },
  { contract_id: middle.contract },
  { email_key: 'p10@example.jp' },
  { domain: 'example.jp' },
  { domain: 'other.example.jp' },
]) {
  const search = { words: [], include_removed: 'email_key' in narrowed, is_name_first: false, ...narrowed }
  reads(`contacts by ${JSON.stringify(narrowed)}`, db =>
    listFoundContacts(db, search, { after: { contact_id: middle.contact }, limit: LIMIT }, TODAY),
  )
}
for (const words of [['株'], ['7'], ['株式会社', '77'], ['存在しない']])
  reads(`customers by the name ${words.join(' ')}`, db => listFoundCustomers(db, words, { after: null, limit: LIMIT }))

for (const after of [uuid(0), middle.contact]) {
  reads(`support accounts after ${after}`, db => listSupportAccounts(db, {}, TODAY, { after, limit: LIMIT }))
  reads(`support accounts of a customer after ${after}`, db =>
    listSupportAccounts(db, { customer_id: middle.customer }, TODAY, { after, limit: LIMIT }),
  )
}
for (const after of [uuid(0), middle.contact]) {
  for (const filter of [
    { state: 'open' as const },
    { state: 'closed' as const },
    { state: 'closed' as const, customer_id: middle.customer },
    { shared: false },
  ]) {
    reads(`support accounts ${JSON.stringify(filter)} after ${after}`, db =>
      listSupportAccounts(db, filter, TODAY, { after, limit: LIMIT }),
    )
  }
  for (const filter of [{}, { role: 'primary' as const }, { product_id: 'manage' }, { customer_id: middle.customer }]) {
    reads(
      `notice recipients ${JSON.stringify(filter)} after ${after}`,
      db => listNoticeAccounts(db, { ...filter, search: 'accounts' }, TODAY, { after, limit: LIMIT }),
      LIMIT * ('role' in filter || 'product_id' in filter ? 8 : 1),
    )
  }
}
for (const customer_id of ['', middle.customer])
  reads(`customers after '${customer_id}'`, db => listCustomers(db, {}, { after: { customer_id }, limit: LIMIT }))
for (const after of [{ customer_id: '' }, { customer_id: middle.customer, updated_at: MIDDLE_CHANGE }])
  reads(`customers changed since a moment after ${JSON.stringify(after)}`, db =>
    listCustomers(db, { updated_since: SOME_CHANGE }, { after, limit: LIMIT }),
  )

for (const after of [uuid(0), middle.contact]) {
  for (const filter of [
    {},
    { contract_id: middle.contract },
    { customer_id: middle.customer },
    { state: 'applied' as const },
    { customer_id: middle.customer, state: 'ready' as const },
    { contract_id: middle.contract, state: 'ready' as const },
    { contract_id: middle.contract, customer_id: middle.customer },
  ]) {
    reads(`change requests ${JSON.stringify(filter)} after ${after}`, db =>
      listChangeRequests(db, filter, { after, limit: LIMIT }),
    )
  }
}
for (const after of [BEFORE_ALL, { day: '2025-10-01', id: middle.contact }]) {
  reads(`change requests that are due after ${after.day}`, db => listDueChangeRequests(db, TODAY, { after, limit: 50 }))
  reads(`contracts whose end is to be recorded after ${after.day}`, db =>
    listEndsToRecord(db, '2025-10-03', { after, limit: 50 }),
  )
}
for (const position of [
  { occurred_at: '9999-12-31T00:00:00.000Z', history_id: 2 ** 53 - 1 },
  { occurred_at: '2025-02-01T00:00:00.000Z', history_id: 1 },
]) {
  reads(`history of a contract before ${position.occurred_at}`, db =>
    listContractHistory(db, middle.contract, { after: position, limit: LIMIT }),
  )
  reads(`history of a contact before ${position.occurred_at}`, db =>
    listContactHistory(db, middle.contact, { after: position, limit: LIMIT }),
  )
  reads(`history of an API client before ${position.occurred_at}`, db =>
    listApiClientHistory(db, middle.contact, { after: position, limit: LIMIT }),
  )
}
for (const as_of of ['2024-06-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z']) {
  reads(`a contract as of ${as_of}`, db => findPastFacts(db, { contract_id: middle.contract, as_of }), 4)
  reads(
    `the contacts of a contract as of ${as_of}`,
    db =>
      listPastContacts(
        db,
        { contract_id: middle.contract, as_of, day: as_of.slice(0, 10) },
        {},
        { after: uuid(0), limit: LIMIT },
      ),
    8,
  )
}

reads('who is behind two addresses', db => listSenderRegistrations(db, [PRESENT_ADDRESS, 'nobody@example.jp']), 2)
for (const narrowing of [
  {},
  { contract_id: middle.contract },
  { customer_id: middle.customer, product_id: 'manage' },
]) {
  reads(
    `who was behind two addresses, ${JSON.stringify(narrowing)}`,
    db =>
      listFormerRegistrations(db, [
        { email_key: CLOSED_ADDRESS, ...narrowing },
        { email_key: 'nobody@example.jp', ...narrowing },
      ]),
    4,
  )
  reads(
    `with whom to confirm for a domain, ${JSON.stringify(narrowing)}`,
    db => listPrimariesOfDomains(db, TODAY, [{ domain: 'example.jp', ...narrowing }]),
    10,
  )
}
reads('addresses like one of a large domain', db => listNeighbours(db, ['p1@example.jp']), 1000)
for (const [name, query, items] of SINGLE_READS) reads(name, query, items)
