import { person, putContract, register } from './fixtures.ts'
import type { Answer, Call, TestService } from './test-service.ts'
import { query } from './query.ts'
import { rowsByHand } from './rows-by-hand.ts'
import { distribute } from './webhooks.ts'
import { runImport } from '#actions/imports/run-import.ts'

/** What the person of `personInEverything` was ever called and reached by, in every form that a record may write. */
export const SPELLINGS = [
  '服部',
  '度会',
  '一郎',
  '次郎丸',
  'ハットリ',
  'hattori',
  'watarai',
  'desk-h1',
  'desk-h2',
  'ｈａｔｔｏｒｉ',
] as const

const HATTORI = { family_name: '服部', given_name: '一郎', email: 'Hattori.Ichiro@one.example.jp' }
const FORMER = { ...HATTORI, family_name: '度会', email: 'Watarai@one.example.jp' }
const CSV = { 'content-type': 'text/csv' }
const LINES = { 'content-type': 'application/x-ndjson' }

export type PersonInEverything = { contact_ids: string[]; open_import: string; open_requests: string[] }

/**
 * A registry in which a person has a part in every kind of record: contacts of several contracts, former names and
 * addresses, accounts, requests of the own and of another customer, imports that ended, failed or wait, outcomes that
 * are kept, and webhooks. At the end the person is registered nowhere.
 */
export async function personInEverything(service: TestService): Promise<PersonInEverything> {
  const done = demanding(service.call)
  await customers(service.call)
  const contact_ids = await registrations(service.call, done)
  const open_requests = await requests(done, contact_ids)
  const open_import = await imports(service, done)
  await distribute(service)
  for (const row of rowsByHand(HATTORI)) await query(service.owner_url, row)
  await leave(done)
  await done('POST', '/v1/transfers', { contract_ids: ['E-3'], to_customer_id: 'three' })
  return { contact_ids, open_import, open_requests }
}

/** Calls that have to succeed. */
function demanding(call: Call): Call {
  return async (method, url, body, headers) => {
    const answer: Answer = await call(method, url, body, headers)
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`)
    return answer
  }
}

async function customers(call: Call): Promise<void> {
  for (const contract_id of ['E-1', 'E-2', 'E-3', 'E-4']) {
    await putContract(call, contract_id, { customer_id: 'one', product_id: 'data_link', connections: 20 })
    if (contract_id === 'E-4') continue
    await register(call, contract_id, { role: 'primary', email: `primary@${contract_id}.example.jp` })
  }
  await putContract(call, 'T-1', { customer_id: 'two' })
  await register(call, 'T-1', { role: 'primary', email: 'primary@two.example.jp' })
  await putContract(call, 'U-1', { customer_id: 'three' })
}

async function registrations(call: Call, done: Call): Promise<string[]> {
  const endpoint = { url: 'http://127.0.0.1:9/hook', include_data: true }
  await done('POST', '/v1/webhook-endpoints', endpoint)
  const kept = { 'idempotency-key': 'kept-registration' }
  const first = (await done('POST', '/v1/contracts/E-1/contacts', person(FORMER), kept)).body
  for (const contract_id of ['E-2', 'E-3']) await register(call, contract_id, FORMER)
  const form = { form_version: '2022-10', privacy_notice_version: '1', contacts: [{ role: 'primary', ...FORMER }] }
  await done('POST', '/v1/contracts/E-4/application-form', form, { 'idempotency-key': 'kept-form' })
  await register(call, 'E-4', { family_name: '高橋', email: 'next@one.example.jp' })
  for (const external_id of ['desk-h1', 'desk-h2'])
    await done('PATCH', `/v1/support-accounts/${first.account_id}`, { external_id, mail_state: 'reachable' })
  const changed = {
    contact_id: first.contact_id,
    changes: { family_name: '服部', email: 'Hattori.Old@one.example.jp' },
  }
  await done('POST', '/v1/person-changes', changed, { 'idempotency-key': 'kept-change' })
  await moveBetweenAccounts(call, done, first.contact_id)
  const refused = person({ family_name: '服部', given_name: '二郎', email: 'primary@E-1.example.jp' })
  await call('POST', '/v1/contracts/E-1/contacts', refused, { 'idempotency-key': 'kept-refusal' })
  await done('POST', '/v1/contact-searches', { email: HATTORI.email })
  await done('POST', '/v1/contact-searches', { name: '服部' })
  return [first.contact_id]
}

/** The person takes a mailbox that another has, so that the own account closes, and then a new address. */
async function moveBetweenAccounts(call: Call, done: Call, contact_id: string): Promise<void> {
  const desk = { email: 'desk@one.example.jp' }
  await register(call, 'E-1', { family_name: '田所', ...desk })
  await done('POST', '/v1/person-changes', { contact_id, changes: desk, shared_mailbox: true })
  await done('POST', '/v1/person-changes', { contact_id, changes: { email: HATTORI.email } })
}

async function requests(done: Call, [contact_id = '']: string[]): Promise<string[]> {
  const ask = async (body: object): Promise<string> =>
    (await done('POST', '/v1/change-requests', body)).body.change_request_id
  const primary = { contact_id: null, name: '山田 太郎', email: 'primary@E-1.example.jp', channel: 'mail' }
  const insider = { name: primary.name, email: primary.email, channel: 'mail' }
  const update = { op: 'update', contact_id, changes: { given_name: '次郎丸' } }
  const about = await ask({ contract_id: 'E-1', operations: [update], requested_by: insider })
  const change = { contact_id, changes: { family_name: '服部', given_name: '次郎丸' } }
  const personal = await ask({ person_change: change, requested_by: insider, effective_on: '2027-01-01' })
  await ask({ contract_id: 'E-1', operations: [], requested_by: insider, subject: 'ﾊｯﾄﾘ ではなく服部様より電話' })
  const asker = { contact_id, name: '服部', email: HATTORI.email, channel: 'mail' }
  const asked = await ask({ contract_id: 'E-1', operations: [], requested_by: asker, subject: '内線の変更' })
  await done('POST', `/v1/change-requests/${asked}/reject`, { reason: '服部様の取り下げ' })
  const elsewhere = { name: '服部', email: 'ｈａｔｔｏｒｉ.ichiro@one.example.jp', channel: 'mail' }
  const other = { op: 'add', contact: person({ family_name: '新田', email: 'new@two.example.jp' }) }
  const introduced = await ask({ contract_id: 'T-1', operations: [other], requested_by: elsewhere, subject: '服部様' })
  const [second] = (await done('GET', '/v1/contracts/T-1/contacts')).body.items
  const confirmed = { confirmed_by: { contact_id: second.contact_id }, channel: 'phone', note: '服部様のことは承知' }
  await done('POST', `/v1/change-requests/${introduced}/confirm`, confirmed)
  await done('POST', `/v1/change-requests/${introduced}/apply`)
  return [about, personal]
}

async function imports({ call, context }: TestService, done: Call): Promise<string> {
  const send = async (text: string, headers: object): Promise<string> =>
    (await done('POST', '/v1/imports', text, { ...headers })).body.import_id
  const run = async (import_id: string): Promise<void> =>
    await runImport(context, import_id, new AbortController().signal)
  const line = { type: 'contact', contract_id: 'E-1', name: '服部 一郎', email: HATTORI.email }
  await run(await send(`${JSON.stringify({ ...line, privacy_notice_version: '1' })}\n`, LINES))
  await run(await send(`contract_id,name,email\nE-1,服部 一郎,${HATTORI.email}\nE-1,服部 一郎,not an address\n`, CSV))
  await run(await send(`服部 一郎,${HATTORI.email}\n`, CSV))
  await call('POST', '/v1/imports', `contract_id,name,email\nE-1,服部 一郎,${HATTORI.email},too many\n`, CSV)
  const other = { ...line, name: '別所 幸', email: 'bessho@one.example.jp' }
  const lines = [line, other].map(one => JSON.stringify({ ...one, contract_id: 'E-2', privacy_notice_version: '1' }))
  return await send(`${lines.join('\n')}\n`, LINES)
}

async function leave(done: Call): Promise<void> {
  for (const contract_id of ['E-1', 'E-2', 'E-3', 'E-4']) {
    const contacts = (await done('GET', `/v1/contracts/${contract_id}/contacts`)).body.items
    const own = contacts.find(({ family_name }: any) => family_name === '服部')
    if (own?.role === 'primary') {
      const next = contacts.find((contact: any) => contact.family_name === '高橋')
      await done('PUT', `/v1/contracts/${contract_id}/primary`, { contact_id: next.contact_id })
    }
    if (own !== undefined) await done('DELETE', `/v1/contacts/${own.contact_id}`)
  }
}
