import { readFile } from 'node:fs/promises'
import t from 'tap'
import { createClient } from '../../helpers/api-clients.ts'
import { fillContract } from '../../helpers/fixtures.ts'
import { rowCounts } from '../../helpers/history.ts'
import { operationsOf, takesFile, type Operation } from '../../helpers/openapi-document.ts'
import { ADMIN_KEY, testService, type Call } from '../../helpers/test-service.ts'
import { accessPage } from '#http/openapi/access-table.ts'
import { CLIENT_PRESET_NAMES, CLIENT_PRESETS } from '#http/auth/client-presets.ts'
import { ALL_SCOPES, type Scope } from '#domain/api-clients/scopes.ts'

const { app, call, callAs, callWith, database } = await testService(t)

const { client_id } = await createClient(call, ['customers:read'])
const UNKNOWN = '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'

const document = app.swagger()
const operations = operationsOf(document)
const guarded = operations.filter(({ path }) => path.startsWith('/v1/'))
const urlOf = (path: string) =>
  path
    .replace('{contract_id}', 'guarded')
    .replace('{client_id}', client_id)
    .replace(/\{(contact|account|change_request|key)_id\}/, UNKNOWN)
    .replaceAll(/\{\w+\}/g, 'nothing')
/** A request that goes as far as any client may go, and changes nothing: its body or its condition does not fit. */
const ask = async (as: Call, operation: Operation, headers = {}) => {
  const { method, path, requestBody } = operation
  const body = requestBody === undefined || takesFile(operation) ? undefined : { unknown_field: 1 }
  return await as(method.toUpperCase(), urlOf(path), body, {
    ...(method === 'delete' && { 'if-match': '"nothing"' }),
    ...headers,
  })
}

const keys = new Map<string, string>()
/** Calls with a key of a real client that has these scopes and no others. */
const keyed = async (scopes: readonly Scope[]): Promise<Call> => {
  const known = keys.get(scopes.join()) ?? (await createClient(call, scopes)).key
  keys.set(scopes.join(), known)
  return callAs(known)
}
const allBut = (scope: Scope): Scope[] => ALL_SCOPES.filter(other => other !== scope)

t.test('every path below /v1 declares its scope, and every scope guards something', async t => {
  t.ok(guarded.length >= 20)
  for (const operation of guarded) {
    const { scope, security, operationId } = operation
    t.ok(ALL_SCOPES.includes(scope!), operationId)
    t.same(security, [{ api_key: [scope] }, { access_token: [scope] }], operationId)
  }
  t.same(
    new Set(guarded.flatMap(operation => [operation.scope, ...(operation['x-optional-scopes'] ?? [])])),
    new Set(ALL_SCOPES),
  )
  for (const operation of operations.filter(({ path }) => !path.startsWith('/v1/')))
    t.same(operation.security, [], operation.operationId)
})

for (const operation of guarded) {
  const scope = operation.scope!
  t.test(`${operation.operationId} needs ${scope}, and nothing else will do`, async t => {
    const [alone, others] = [await keyed([scope]), await keyed(allBut(scope))]
    const withOptional = await Promise.all(
      (operation['x-optional-scopes'] ?? []).map(async optional => ({
        optional,
        alone: await keyed([optional]),
        both: await keyed([scope, optional]),
      })),
    )
    const before = await rowCounts(database)
    const isDocumented = ({ status }: { status: number }): boolean => String(status) in operation.responses
    const without = await ask(call, operation, { authorization: '' })
    t.match(without, {
      status: 401,
      headers: { 'www-authenticate': /^Bearer realm="madoguchi"/, 'content-type': 'application/problem+json' },
      body: { type: '/problems/unauthenticated', status: 401 },
    })
    for (const as of [others, callWith(...allBut(scope))]) {
      const refused = await ask(as, operation)
      t.match(refused, {
        status: 403,
        headers: { 'content-type': 'application/problem+json' },
        body: { type: '/problems/forbidden', required_scope: scope },
      })
      t.ok(isDocumented(refused))
    }
    for (const as of [alone, callWith(scope), callAs(ADMIN_KEY)]) {
      const answered = await ask(as, operation)
      t.notOk([401, 403].includes(answered.status))
      t.ok(isDocumented(answered), `${answered.status} is documented`)
    }
    t.ok(isDocumented(without))
    for (const { optional, alone, both } of withOptional) {
      t.equal((await ask(alone, operation)).status, 403, `${optional} alone opens nothing`)
      t.notOk([401, 403].includes((await ask(both, operation)).status))
    }
    t.same(await rowCounts(database), before, 'nothing has been written on the way')
  })
}

t.test('an optional scope shows more, and the operation answers without it', async t => {
  const {
    body: [, other],
  } = { body: await fillContract(call, 'hinted', 1) }
  t.equal((await call('DELETE', `/v1/contacts/${other.contact_id}`)).status, 204)
  const check = { from: other.email.replace('secondary1', 'secondary1x') }
  const [gateway, staff] = await Promise.all(
    [['senders:check'] as const, ['senders:check', 'senders:hints', 'senders:confirm'] as const].map(
      async scopes => await (await keyed(scopes))('POST', '/v1/sender-checks', check),
    ),
  )
  t.match([gateway!.status, staff!.status], [200, 200])
  t.notOk('hints' in gateway!.body)
  t.ok('hints' in staff!.body)
  t.notOk('confirm_with' in gateway!.body)
  t.ok('confirm_with' in staff!.body)
  t.same(
    guarded.filter(operation => 'x-optional-scopes' in operation).map(({ operationId }) => operationId),
    [
      'confirmChangeRequest',
      'approveChangeRequest',
      'applyChangeRequest',
      'listHistory',
      'checkSender',
      'checkSenders',
      'listEvents',
    ],
    'another operation needs its own look here',
  )
})

t.test('the committed table of presets is what the document says', async t => {
  t.ok(
    (await readFile(new URL('../../../docs/access.md', import.meta.url), 'utf8')) === accessPage(app),
    'run `npm run access:write` and commit what it writes',
  )
})

t.test('each preset may call what the table says, and nothing else', async t => {
  for (const preset of CLIENT_PRESET_NAMES) {
    const scopes: readonly Scope[] = CLIENT_PRESETS[preset]
    const as = callAs((await call('POST', '/v1/api-clients', { name: preset, preset })).body.key)
    for (const operation of guarded)
      t.equal(
        (await ask(as, operation)).status !== 403,
        scopes.includes(operation.scope!),
        `${preset} ${operation.operationId}`,
      )
  }
})

t.test('HEAD is guarded like GET', async t => {
  t.equal((await callWith('customers:read')('HEAD', '/v1/customers')).status, 200)
  t.equal((await callWith('contacts:read')('HEAD', '/v1/customers')).status, 403)
  t.match(await call('HEAD', '/v1/customers', undefined, { authorization: 'x' }), { status: 401, text: '' })
})
