import t, { type Test } from 'tap'
import { FILED_WRITES, placeNamed } from '../../helpers/filed-writes.ts'
import { job, step, stranger } from '../../helpers/change-requests.ts'
import { operationsOf } from '../../helpers/openapi-document.ts'
import { brokenInvariants } from '../../helpers/registry-invariants.ts'
import { testService, type Answer, type Call } from '../../helpers/test-service.ts'
import { applyScheduledRequest } from '#actions/change-requests/apply-change-request.ts'

const { app, call, clock, context, database } = await testService(t)

// They record steps of requests, which wait for a confirmation already. The query of a DELETE names a contact, whose
// removal of the primary fails for other reasons.
const NOT_FILED = ['approveChangeRequest', 'applyChangeRequest', 'removeContact']

/** Everything of a customer that a write may have changed, without the words in which two customers differ. */
async function outcomeOf(call: Call, name: string): Promise<unknown> {
  const listOf = async (path: string): Promise<any[]> => (await call('GET', path)).body.items
  const search = { customer_id: name, include_removed: true, limit: 200 }
  const outcome = {
    contacts: (await call('POST', '/v1/contact-searches', search)).body.items,
    accounts: await listOf(`/v1/support-accounts?customer_id=${name}`),
    contracts: await listOf(`/v1/contracts?customer_id=${name}`),
    history: (await listOf(`/v1/history?customer_id=${name}&limit=200`))
      .filter(({ event }) => !event.startsWith('change_request.'))
      .map(({ event, contract_id, contact_id, account_id, before, after }) => ({
        of: `${event} ${contract_id} ${contact_id}`,
        said: { account_id, before, after },
      }))
      .toSorted((one, other) => (one.of < other.of ? -1 : 1)),
  }
  const ids = new Map<string, string>()
  const text = JSON.stringify(outcome)
    .replaceAll(name, 'NAME')
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, id => {
      const known = ids.get(id) ?? `id ${ids.size + 1}`
      ids.set(id, known)
      return known
    })
  return JSON.parse(text)
}

t.test('R25: the table has every write that a primary may have to confirm', async t => {
  const found = operationsOf(app.swagger()).filter(operation =>
    JSON.stringify(operation.responses).includes('/problems/confirmation-required'),
  )
  const written = Object.values(FILED_WRITES).map(({ operationId }) => operationId)
  t.same(found.map(({ operationId }) => operationId).toSorted(), [...new Set([...written, ...NOT_FILED])].toSorted())
})

/** Files the request that a refused write names, and confirms it by every primary who has to. */
async function fileAndConfirm(t: Test, refused: Answer, fields: object): Promise<string> {
  t.match(refused, { status: 409, body: { type: '/problems/confirmation-required' } }, refused.text)
  const { method, path, body } = refused.body.next
  const request = await call(method, path, { ...body, ...fields })
  t.match(request, { status: 201, body: { state: 'needs_primary_confirmation' } }, request.text)
  const { change_request_id } = request.body
  const problems: any[] = refused.body.problems ?? [refused.body]
  for (const contact_id of new Set(problems.map(problem => problem.primary_contact_id))) {
    const confirmation = { confirmed_by: { contact_id }, channel: 'phone' }
    t.equal((await step(call, change_request_id, 'confirm', confirmation)).status, 200)
  }
  return change_request_id
}

for (const [index, [title, { prepare, write }]] of Object.entries(FILED_WRITES).entries())
  t.test(`R25: filed, confirmed and applied, it is what it would have been: ${title}`, async t => {
    clock.set('2026-04-01T00:30:00.000Z')
    const direct = await placeNamed(call, `direct-${index}`, body => body)
    const filed = await placeNamed(call, `filed-${index}`, body => ({ ...body, ...stranger }))
    const scheduled = await placeNamed(call, `later-${index}`, body => ({ ...body, ...stranger }))
    clock.set('2026-04-02T00:30:00.000Z')
    for (const place of [direct, filed, scheduled]) await prepare?.(place)
    const id = await fileAndConfirm(t, await write(filed), {})
    const later_id = await fileAndConfirm(t, await write(scheduled), { effective_on: '2026-04-03' })
    clock.set('2026-04-03T00:30:00.000Z')
    const done = await write(direct)
    t.ok(done.status < 300, done.text)
    const applied = await step(call, id, 'apply')
    t.match(applied, { status: 200, body: { state: 'applied' } }, applied.text)
    await applyScheduledRequest(context, later_id, job())
    t.match(await call('GET', `/v1/change-requests/${later_id}`), { body: { state: 'applied', problems: [] } })
    const outcome = await outcomeOf(call, `direct-${index}`)
    t.same(await outcomeOf(call, `filed-${index}`), outcome)
    t.same(await outcomeOf(call, `later-${index}`), outcome, 'on its day')
  })

t.test('the registry is whole after all of it', async t => t.same(await brokenInvariants(database, clock.today()), {}))
