import t from 'tap'
import { runImport } from '#actions/imports/run-import.ts'
import { ask, insider, newcomer, step, stranger } from '../../helpers/change-requests.ts'
import { fillContract, person } from '../../helpers/fixtures.ts'
import { testService, type Answer, type Call } from '../../helpers/test-service.ts'
import type { Scope } from '#domain/api-clients/scopes.ts'
import { CLIENT_PRESET_NAMES, type ClientPreset } from '#http/auth/client-presets.ts'

// The working day of each kind of client, with a key of its preset: every call of it succeeds. One call that is another
// client's work is refused, and the refusal names the scope that the client lacks.
const { call, callAs, context } = await testService(t)

/** A call that has to succeed. */
type Work = (method: string, url: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
type Day = { work: (does: Work) => Promise<unknown>; not_theirs: (as: Call) => Promise<Answer>; lacks: Scope }

const [primary, secondary] = await fillContract(call, 'day', 1)
const terms = { product_id: 'manage', app_ids: ['expenses'], connections: 0, starts_on: '2024-04-01', ends_on: null }

const DAYS: Record<ClientPreset, Day> = {
  catalogue: {
    work: async does => {
      const { body, headers } = await does('GET', '/v1/products/manage_ac')
      await does('PUT', '/v1/apps/stock', { name: '在庫', kind: 'app' })
      const bundled_app_ids = [...body.bundled_app_ids, 'stock']
      await does('PUT', '/v1/products/manage_ac', { ...body, bundled_app_ids }, { 'if-match': headers['etag']! })
    },
    not_theirs: async as => await as('GET', '/v1/contracts'),
    lacks: 'contracts:read',
  },
  crm: {
    work: async does => {
      await does('PUT', '/v1/customers/crm', { name: '株式会社緑山製作所' })
      const { body, headers } = await does('GET', '/v1/customers/crm')
      await does('PUT', '/v1/customers/crm', { ...body, name: '緑山製作所株式会社' }, { 'if-match': headers['etag']! })
      await does('GET', '/v1/customers?updated_since=2026-04-01T00:00:00Z')
      await does('GET', '/v1/contracts?customer_id=crm')
      await does('DELETE', '/v1/customers/crm')
    },
    not_theirs: async as => await as('PUT', '/v1/contracts/crm', { ...terms, customer_id: 'customer-1' }),
    lacks: 'contracts:write',
  },
  billing: {
    work: async does => {
      await does('GET', '/v1/products')
      await does('GET', '/v1/customers/customer-1')
      await does('POST', '/v1/seat-calculations', { product_id: 'manage', app_ids: ['expenses'] })
      const { body, headers } = await does('PUT', '/v1/contracts/billed', { ...terms, customer_id: 'customer-1' })
      await does('PUT', '/v1/contracts/billed', { ...body, app_ids: [] }, { 'if-match': headers['etag']! })
      await does('GET', '/v1/contracts?over_limit=true')
    },
    not_theirs: async as => await as('GET', '/v1/contracts/day/roster'),
    lacks: 'contacts:read',
  },
  help_desk: {
    work: async does => {
      const { body: check } = await does('POST', '/v1/sender-checks', { from: '新田 <new@day.example.jp>' })
      t.match(check, { authorised: false, confirm_with: [{ primary: { contact_id: primary.contact_id } }] })
      const draft = { ...check.change_request, requested_by: insider('day'), operations: [newcomer('day')] }
      const { body: request } = await does('POST', '/v1/change-requests', draft)
      await does('GET', '/v1/change-requests?contract_id=day')
      await does('POST', `/v1/change-requests/${request.change_request_id}/withdraw`, { reason: 'filed twice' })
      await does('GET', '/v1/contracts/day/history')
      await does('PATCH', `/v1/support-accounts/${secondary.account_id}`, { password_set_at: '2026-04-01T00:00:00Z' })
    },
    not_theirs: async as => await as('PATCH', `/v1/contacts/${secondary.contact_id}`, { duties: ['system'] }),
    lacks: 'contacts:write',
  },
  support_site: {
    work: async does => {
      const { body } = await does('GET', '/v1/support-accounts?customer_id=customer-1')
      const url = `/v1/support-accounts/${body.items[0].account_id}`
      const { headers } = await does('GET', url)
      await does('PATCH', url, { password_set_at: '2026-04-01T00:00:00Z' }, { 'if-match': headers['etag']! })
    },
    not_theirs: async as => await as('GET', '/v1/contacts'),
    lacks: 'contacts:read',
  },
  mail_gateway: {
    work: async does => {
      const { body } = await does('POST', '/v1/sender-checks', { from: 'primary@day.example.jp' })
      t.match(body, { authorised: true })
      const { body: batch } = await does('POST', '/v1/sender-check-batches', {
        senders: [{ from: 'a@day.example.jp' }, { from: 'secondary1@day.example.jp' }],
      })
      t.match(batch.items, [{ authorised: false, smtp: { code: 550 } }, { authorised: true }])
    },
    not_theirs: async as => await as('GET', '/v1/support-accounts'),
    lacks: 'accounts:read',
  },
  operator: {
    work: async does => {
      const requested_by = { contact_id: primary.contact_id, channel: 'mail' }
      const newPerson = { ...person({ email: 'x@day.example.jp' }), requested_by }
      const { body: added } = await does('POST', '/v1/contracts/day/contacts', newPerson)
      await does('PATCH', `/v1/contacts/${added.contact_id}`, { ...added, duties: ['operations'], requested_by })
      const asked = `requester_contact_id=${primary.contact_id}&channel=mail&ticket=T-1`
      await does('DELETE', `/v1/contacts/${added.contact_id}?${asked}`)
      const { body: roster, headers } = await does('GET', '/v1/contracts/day/roster')
      await does('POST', '/v1/contracts/day/roster/plan', { contacts: roster.contacts, requested_by })
      await does('PUT', '/v1/contracts/day/roster', { ...roster, requested_by }, { 'if-match': headers['etag']! })
      const { body: request } = await ask(call, 'day', [newcomer('day')], stranger) // the help desk has filed it
      const confirmed_by = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' }
      await step(does, request.change_request_id, 'confirm', confirmed_by)
      await step(does, request.change_request_id, 'apply')
      await does('PUT', '/v1/contracts/day/primary', { contact_id: secondary.contact_id, requested_by })
      await does('GET', '/v1/notice-recipients?purpose=product_information')
      await does('POST', '/v1/sender-checks', { from: 'primary@day.example.jp' })
    },
    not_theirs: async as => await as('PUT', '/v1/customers/customer-1', { name: '青空商事' }),
    lacks: 'customers:write',
  },
  auditor: {
    work: async does => {
      await does('GET', '/v1/contracts/day/contacts?as_of=2026-04-01T00:30:00Z')
      await does('GET', `/v1/contacts/${primary.contact_id}/history`)
      await does('GET', '/v1/change-requests')
      await does('POST', '/v1/sender-checks', { from: 'primary@day.example.jp' })
      const { body } = await does('GET', '/v1/api-clients')
      await does('GET', `/v1/api-clients/${body.items[0].client_id}/history`)
    },
    not_theirs: async as => await as('POST', '/v1/api-clients', { name: 'Another', preset: 'auditor' }),
    lacks: 'clients:manage',
  },
  privacy_office: {
    work: async does => {
      await does('GET', '/v1/contracts/day/contacts')
      await does('POST', '/v1/personal-data-reports', { contact_id: primary.contact_id })
      await does('GET', '/v1/disclosures?operation=reportPersonalData')
    },
    not_theirs: async as => await as('DELETE', `/v1/contacts/${primary.contact_id}`),
    lacks: 'contacts:write',
  },
  migration: {
    work: async does => {
      const lines = [
        { type: 'customer', customer_id: 'moved', name: '株式会社緑山製作所' },
        { type: 'contract', contract_id: 'moved', customer_id: 'moved', ...terms },
        { type: 'contact', contract_id: 'moved', role: 'primary', name: '山田 太郎', email: 'yamada@moved.example.jp' },
      ]
      const file = lines.map(line => `${JSON.stringify(line)}\n`).join('')
      const { body } = await does('POST', '/v1/imports', file, { 'content-type': 'application/x-ndjson' })
      await runImport(context, body.import_id, new AbortController().signal)
      t.match((await does('GET', `/v1/imports/${body.import_id}`)).body, { rows: { created: 3 } })
      await does('GET', `/v1/imports/${body.import_id}/rows?outcome=refused`)
      await does('GET', '/v1/contracts/moved/contacts')
    },
    not_theirs: async as => await as('POST', '/v1/change-requests', {}),
    lacks: 'requests:write',
  },
}

for (const preset of CLIENT_PRESET_NAMES) {
  t.test(`the day of a client with the preset ${preset} succeeds, and the work of others is refused`, async t => {
    const as = callAs((await call('POST', '/v1/api-clients', { name: preset, preset })).body.key)
    const { work, not_theirs, lacks } = DAYS[preset]
    await work(async (method, url, ...rest) => {
      const answer = await as(method, url, ...rest)
      t.ok(
        answer.status >= 200 && answer.status < 300,
        `${method} ${url}: ${answer.status} ${answer.text.slice(0, 300)}`,
      )
      return answer
    })
    t.match(await not_theirs(as), {
      status: 403,
      body: { type: '/problems/forbidden', required_scope: lacks, remedy: /\S/ },
    })
  })
}
