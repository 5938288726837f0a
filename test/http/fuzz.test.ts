import t from 'tap'
import fc from 'fast-check'
import { documentAjv } from '../helpers/document-ajv.ts'
import { fillContract } from '../helpers/fixtures.ts'
import { lostPointers } from '../helpers/placed-problems.ts'
import { testService } from '../helpers/test-service.ts'
import { AnswerJudge, mediaTypeOf } from './fuzz/answer-judge.ts'
import type { FuzzDocument } from './fuzz/fuzz-document.ts'
import { isDamaged, isGarbled, sendFuzzed } from './fuzz/fuzzed-request.ts'
import { RandomRequests } from './fuzz/random-requests.ts'
import { assertBeyondSchemas, RequestJudge } from './fuzz/request-judge.ts'

// Random requests at every documented operation, built from the document that the service publishes, and judged by it
// both ways: what does not fit its schemas is never accepted, what fits is never called malformed. Run one seed again
// with SEED=… and more of them with CASES=….
const seed = Number(process.env['SEED'] ?? 20261126)
const runs = Number(process.env['CASES'] ?? 100)
t.comment(`fuzz seed ${seed}, ${runs} requests an operation`)

const { app, call, database } = await testService(t)
const contacts = await fillContract(call, 'C-2024-0117', 2, { customer_id: '0012500000Xyz', product_id: 'manage_ac' })
const requests: string[] = []
for (const concerns_contract of [true, true, false, false]) {
  const asked = await call('POST', '/v1/change-requests', {
    contract_id: 'C-2024-0117',
    concerns_contract,
    requested_by: { name: '山田', email: contacts[0].email, channel: 'mail' },
    operations: [{ op: 'update', contact_id: contacts[1].contact_id, changes: { duties: ['system'] } }],
  })
  requests.push(asked.body.change_request_id)
}
const { body: client } = await call('POST', '/v1/api-clients', { name: 'Fuzz', preset: 'crm' })
const document = app.swagger() as unknown as FuzzDocument
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
)
const ajv = documentAjv(document)
const answers = new AnswerJudge(document, ajv)
const judge = new RequestJudge(document, ajv)

/** Ids that exist, so that requests get as far as the rules. */
const KNOWN: Record<string, readonly string[]> = {
  customer_id: ['0012500000Xyz', 'fuzz-1'],
  contract_id: ['C-2024-0117', 'fuzz-1', 'fuzz-2'],
  product_id: ['manage', 'manage_ac', 'data_link', 'fuzz-1'],
  app_id: ['attendance', 'expenses', 'fuzz-1'],
  client_id: [client.client_id],
  ip_ranges: ['10.0.0.0/8', '::/0'],
  contact_id: contacts.map(contact => contact.contact_id),
  change_request_id: requests,
  effective_on: ['2026-04-01', '2026-04-02'],
  received_on: ['2026-03-25'],
  as_of: ['2026-04-01T00:30:00Z', '2026-04-01T09:30:00+09:00', '2030-01-01T00:00:00Z'],
  'If-Match': ['*', '"x"'],
  'Accept-Language': ['ja', 'ja-JP, en;q=0.5'],
  account_id: contacts.map(contact => contact.account_id),
  email: ['a@fuzz.example.jp', 'b@fuzz.example.jp', contacts[0].email],
  family_name: ['山田', '伊藤', 'Smith'],
  starts_on: ['2024-04-01', '2027-01-01'],
  ends_on: ['2026-03-31', '2026-04-01', '2030-12-31'],
  cursor: ['AAAA'],
  password_set_at: ['2026-04-01T00:00:00Z'],
}
// Its body has nothing to point at: it applies the operations that were filed before.
const OF_ITS_REQUEST: ReadonlySet<string> = new Set(['applyChangeRequest'])
const random = new RandomRequests(document, KNOWN)
const seen = new Map<string, number>()
const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1)

for (const { path, method, operation } of operations) {
  t.test(`${operation.operationId}: ${method} ${path}`, async t => {
    const parts = judge.partsOf(path, method, operation)
    const documented = answers.documented(path, method, operation)
    await fc.assert(
      fc.asyncProperty(random.requestsOf(operation), async request => {
        const answer = await sendFuzzed(call, path, method, request)
        const place = `${answer.status} ${mediaTypeOf(answer)}: ${answer.text.slice(0, 300)}`
        const wrong = isGarbled(request) ? ['body'] : judge.misfits(parts, request)
        // A file is taken whatever it says (R39): its own problem says what could not be read.
        const is_damaged = (parts.body !== undefined || answer.status !== 202) && isDamaged(request)
        if (answer.status < 400 && !isGarbled(request) && (wrong.length > 0 || is_damaged))
          throw new Error(`accepted, though ${wrong} does not fit: ${place}`)
        if (answer.status === 400 && wrong.length === 0 && !isDamaged(request)) assertBeyondSchemas(answer.body, place)
        const lost =
          isDamaged(request) || OF_ITS_REQUEST.has(operation.operationId) ? [] : lostPointers(request.body, answer)
        if (lost.length > 0) throw new Error(`points nowhere (${lost}): ${place}`)
        answers.assertDocumented(operation, documented, answer, place)
        count(`${answer.status}`)
        count(wrong.length === 0 ? 'fits' : 'misfits')
      }),
      { seed, numRuns: runs },
    )
    t.pass(`${runs} requests`)
  })
}

t.test('the requests got as far as the rules, and the registry is whole after them', async t => {
  t.comment(`answers by status: ${JSON.stringify(Object.fromEntries(seen))}`)
  for (const status of ['200', '201', '400', '404', '409', '422', 'fits', 'misfits']) t.ok(seen.has(status), status)
  const [broken] = await database.run<Record<string, number>>({
    name: '',
    values: [],
    text: `select
      (select count(*) from contracts c where seats_used <> (select count(*) from contacts p
        where p.contract_id = c.contract_id and removed_at is null)) as seats,
      (select count(*) from contracts c where seats_used > 0 and 1 <> (select count(*) from contacts p
        where p.contract_id = c.contract_id and removed_at is null and role = 'primary')) as primaries,
      (select count(*) from contacts p join contracts c using (contract_id) join support_accounts a using (account_id)
        where p.removed_at is null and a.closed_at is not null and (c.ends_on is null
          or c.ends_on >= '2026-04-01')) as closed`,
  })
  t.same(broken, { seats: 0, primaries: 0, closed: 0 })
})
