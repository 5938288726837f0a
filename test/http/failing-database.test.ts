import t from 'tap'
import pg from 'pg'
import { putCustomer } from '../helpers/fixtures.ts'
import { openPool } from '../helpers/test-database.ts'
import { testService } from '../helpers/test-service.ts'
import type { Statement } from '#db/driver/statement.ts'

const service = await testService(t)
const { call, database, url, owner_url } = service

/** Runs statements of the operator, as the owner, over a connection of its own. */
async function operate(...texts: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: owner_url })
  await client.connect()
  for (const text of texts) await client.query(text)
  await client.end()
}

// A change of a customer meets the error as often as the plan says. A sequence counts: it is not rolled back.
await operate(`
  create table planned_failure (code text, times integer, deed text);
  create sequence met;
  create function fail_as_planned() returns trigger language plpgsql as $$
  declare plan planned_failure;
  begin
    select * into plan from planned_failure;
    if plan.times is null or nextval('met') > plan.times then return new; end if;
    if plan.deed = 'terminate' then perform pg_terminate_backend(pg_backend_pid()); end if;
    raise exception 'planned' using errcode = plan.code;
  end $$;
  create trigger fails before insert or update on customers for each row execute function fail_as_planned();
  create function fail_once(code text, times integer) returns integer language plpgsql volatile as $$
  begin
    if nextval('met') > times then return 1; end if;
    raise exception 'planned' using errcode = code;
  end $$;
  grant select on planned_failure to madoguchi_service;
  grant all on sequence met to madoguchi_service`)

async function plan(code: string, times: number, deed = 'raise'): Promise<void> {
  await operate(
    'truncate planned_failure',
    `insert into planned_failure values ('${code}', ${times}, '${deed}')`,
    'alter sequence met restart',
  )
}

async function timesMet(): Promise<number> {
  const [row] = await database.run<{ met: number }>(plain('select last_value::integer as met from met'))
  return row?.met ?? 0
}

const plain = <Row>(text: string): Statement<Row> => ({ name: '', text, values: [] })
let names = 0
const change = async () => await call('PUT', '/v1/customers/failing', { name: `株式会社${names++}` })

await putCustomer(call, 'failing')

// By the message of the answer: a code of PostgreSQL's appendix, and how often it may come before the answer is 503.
const KINDS: { says: RegExp | undefined; again: number; codes: string }[] = [
  {
    says: /cannot be reached/,
    again: 1,
    codes:
      '08000 08001 08003 08004 08006 08P01 0A000 25000 25001 25P01 25P02 25P03 25P04 26000 28000 28P01 34000 3D000 ' +
      '42P03 42P05 42P14 55000 55P02 57000 57P01 57P02 57P03 57P04 57P05 58000 58030 58P01 F0000',
  },
  { says: /takes no changes/, again: 1, codes: '25006' },
  { says: /changing the same/, again: 4, codes: '40000 40001 40002 40P01 72000' },
  { says: /changing the same/, again: 0, codes: '55P03' },
  { says: /cannot be reached/, again: 0, codes: '08007 40003 55006 57014' },
  { says: /no space/, again: 0, codes: '53000 53100 53200 53300 53400' },
  { says: /migrate/, again: 0, codes: '3F000 42501 42703 42704 42883 42P01' },
  { says: undefined, again: 1, codes: 'XX000 XX001 XX002' },
  { says: undefined, again: 0, codes: '22000 22012 23514 42601 54001 P0001' },
]

for (const { says, again, codes } of KINDS)
  for (const code of codes.split(' '))
    t.test(`${code} of a change: ${again} times in vain, then ${says === undefined ? 500 : 503}`, async t => {
      if (again > 0) {
        await plan(code, again)
        t.match(await change(), { status: 200 }, 'it runs again')
      }
      await plan(code, 1000)
      const answer = await change()
      t.equal(answer.status, says === undefined ? 500 : 503)
      if (says !== undefined) t.match(answer, { headers: { 'retry-after': /^[1-5]$/ }, body: { detail: says } })
      t.equal(await timesMet(), again + 1)
      await plan(code, 0)
      t.match(await change(), { status: 200 }, 'and the next request is served')
    })

t.test('a read that meets such an error is sent again; a statement that writes only after a refusal', async t => {
  const own = openPool(t, url, 1)
  for (const code of ['08006', '25006', '26000', '40001', '57P01']) {
    await plan('', 0)
    t.same(await own.run(plain(`select fail_once('${code}', 1) as n`)), [{ n: 1 }], code)
  }
  await plan('25006', 1)
  await own.run(plain("update customers set name = 'x' where customer_id = 'failing'"))
  await plan('57P01', 1)
  await t.rejects(own.run(plain("update customers set name = 'x' where customer_id = 'failing'")), { code: '57P01' })
})

t.test('a session that ends before COMMIT has changed nothing, so the transaction runs again', async t => {
  await plan('', 1, 'terminate')
  t.match(await change(), { status: 200 })
})

t.test('a session that ends at COMMIT leaves the outcome open: 503, and no second run', async t => {
  await operate(
    'drop trigger fails on customers',
    `create constraint trigger fails after insert or update on customers deferrable initially deferred
       for each row execute function fail_as_planned()`,
  )
  await plan('', 1000, 'terminate')
  t.match(await change(), { status: 503, body: { detail: /cannot be reached/ } })
  t.equal(await timesMet(), 1)
  await plan('25006', 1)
  t.match(await change(), { status: 200 }, 'an error at COMMIT says that nothing was done')
  await plan('', 0)
})

const list = async (): Promise<number> => (await call('GET', '/v1/contacts?limit=5')).status
const records = async (): Promise<number> => {
  const [row] = await database.run<{ count: number }>(plain('select count(*)::integer as count from disclosures'))
  return row?.count ?? 0
}

t.test('R31: a list whose record meets an error is read again, unless the outcome is open', async t => {
  await operate(`create trigger fails before insert on disclosures for each row execute function fail_as_planned()`)
  const before = await records()
  for (const [code, times] of [
    ['25006', 1],
    ['26000', 1],
    ['40001', 4],
  ] as const) {
    await plan(code, times)
    t.equal(await list(), 200, code)
  }
  t.equal(await records(), before + 3, 'each list has one record')
  for (const [code, times, status] of [
    ['25006', 1000, 503],
    ['55P03', 1, 503],
    ['22012', 1, 500],
  ] as const) {
    await plan(code, times)
    t.equal(await list(), status, code)
  }
  await plan('', 1, 'terminate')
  t.equal(await list(), 503)
  t.equal(await records(), before + 3, 'what is not recorded is not answered')
  await plan('', 0)
  t.equal(await list(), 200)
})
