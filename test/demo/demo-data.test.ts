import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import t, { type Test } from 'tap'
import { testService, type TestService } from '../helpers/test-service.ts'
import { readConfig } from '#config/config.ts'
import { demoDataIn } from '#demo/demo-data.ts'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  CONTACT_ID,
  CUSTOMER_ID,
  SHARED_ACCOUNT_ID,
  SHARER_IDS,
  SUCCESSOR_ACCOUNT_ID,
  SUCCESSOR_ID,
} from '#http/schemas/examples.ts'

const log = pino({ level: 'silent' })

async function folder(
  t: Test,
): Promise<TestService & { file: string; start: (demo: 'on' | 'off') => Promise<boolean> }> {
  const service = await testService(t)
  const data_dir = t.testdir()
  const start = async (DEMO_DATA: 'on' | 'off'): Promise<boolean> =>
    await demoDataIn(readConfig({ DATA_DIR: data_dir, DEMO_DATA }), service.context, log)
  return { ...service, file: join(data_dir, 'demo-data'), start }
}

const customers = async ({ call }: TestService): Promise<string[]> =>
  (await call('GET', '/v1/customers')).body.items.map(({ customer_id }: { customer_id: string }) => customer_id)

t.test('an empty registry gets the demonstration data once', async t => {
  const service = await folder(t)
  t.equal(await service.start('on'), true)
  t.ok((await customers(service)).includes(CUSTOMER_ID))
  for (const [contact_id, account_id] of [
    [CONTACT_ID, ACCOUNT_ID],
    [SUCCESSOR_ID, SUCCESSOR_ACCOUNT_ID],
    [SHARER_IDS[0], SHARED_ACCOUNT_ID],
  ])
    t.match((await service.call('GET', `/v1/contacts/${contact_id}`)).body, { account_id }, 'as the examples say')
  const history = (await service.call('GET', '/v1/history?limit=200')).body.items
  const clients = new Set(history.map(({ client }: { client: string }) => client))
  t.same([...clients].toSorted(), [API_CLIENT_ID, 'demo-data'], 'the history is of several clients')
  await service.call('PATCH', `/v1/contacts/${CONTACT_ID}`, { duties: ['contract'] })
  t.equal(await service.start('on'), true)
  t.equal(await service.start('off'), true, 'the folder still has it')
  t.match((await service.call('GET', `/v1/contacts/${CONTACT_ID}`)).body, { duties: ['contract'] })
})

t.test('a start that was killed in the middle is finished by the next', async t => {
  const service = await folder(t)
  let left = 20
  const dying = { ...service.context, enqueue: service.context.enqueue, database: service.context.database }
  const killed = new Proxy(dying.database, {
    get: (database, name, self) => {
      if (left-- < 0) throw new Error('killed')
      return Reflect.get(database, name, self)
    },
  })
  const config = readConfig({ DATA_DIR: join(service.file, '..') })
  t.equal(await demoDataIn(config, { ...dying, database: killed }, log), false)
  t.equal(await readFile(service.file, 'utf8'), 'begun\n')
  t.ok((await customers(service)).length > 0, 'something was registered')
  t.equal(await service.start('on'), true)
  const whole = await folder(t)
  await whole.start('on')
  for (const path of ['/v1/contacts', '/v1/contracts', '/v1/support-accounts', '/v1/change-requests'])
    t.same((await service.call('GET', path)).body, (await whole.call('GET', path)).body, path)
})

t.test('a registry with other data is left alone, and so is one that is to have none', async t => {
  const service = await folder(t)
  t.equal(await service.start('off'), false)
  t.same(await customers(service), [])
  await service.call('PUT', '/v1/customers/other', { name: '株式会社山川' })
  t.equal(await service.start('on'), false)
  t.same(await customers(service), ['other'])
  await t.rejects(readFile(service.file), { code: 'ENOENT' })
})

t.test('what cannot be registered stops no start', async t => {
  const service = await folder(t)
  await writeFile(service.file, 'begun\n')
  await service.call('PUT', '/v1/customers/other', { name: '株式会社山川' })
  await service.call('PUT', '/v1/contracts/other', {
    customer_id: 'other',
    product_id: 'manage',
    app_ids: [],
    connections: 0,
    starts_on: '2026-01-01',
    ends_on: null,
  })
  await service.call('POST', '/v1/contracts/other/contacts', {
    role: 'primary',
    family_name: '前田',
    given_name: '誠',
    email: 'maeda@minato.example.jp',
    privacy_notice_version: '2025-10',
  })
  t.equal(await service.start('on'), false)
})
