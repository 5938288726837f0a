import { sql } from 'kysely'
import t from 'tap'
import { fillContract, putContract } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'
import { refusalOfViolation } from '#db/driver/failure.ts'
import { compiled } from '#db/driver/statement.ts'

// What the database refuses by itself, whatever path a change might take around the rules.

const { call, database } = await testService(t)
const [primary] = await fillContract(call, 'kept', 1)
await putContract(call, 'other', { customer_id: 'customer-2' })

/** The constraint that stops a statement, and the refusal that the caller would get. */
async function stops(
  statement: ReturnType<typeof sql>,
): Promise<[constraint: string | undefined, refusal: string | undefined]> {
  try {
    await database.run(compiled(statement))
    return [undefined, undefined]
  } catch (error) {
    return [(error as { constraint?: string }).constraint, refusalOfViolation(error)?.type]
  }
}

const copyOfPrimary = (changes: Record<string, unknown>) => {
  const columns = [
    'contact_id',
    'contract_id',
    'customer_id',
    'account_id',
    'role',
    'duties',
    'family_name',
    'name_key',
    'name_doubtful',
    'email',
    'email_key',
    'privacy_notice_version',
    'registered_at',
    'first_registered_at',
  ]
  const values = columns.map(column =>
    column in changes ? sql`${changes[column]}` : column === 'contact_id' ? sql`uuidv7()` : sql.ref(column),
  )
  return sql`
    insert into contacts (${sql.join(columns.map(column => sql.ref(column)))})
    select ${sql.join(values)} from contacts where contact_id = ${primary.contact_id}`
}

t.test('R10: one open primary a contract', async t => {
  t.same(await stops(copyOfPrimary({ name_key: 'somebody else' })), [
    'contacts_one_primary_per_contract',
    'primary-exists',
  ])
})

t.test('R19: one person once on a contract', async t => {
  t.same(await stops(copyOfPrimary({ role: 'secondary' })), ['contacts_one_person_per_contract', 'duplicate-contact'])
})

t.test('R16, R20: one open account an address', async t => {
  const second = sql`
    insert into support_accounts (account_id, customer_id, email, email_key, opened_at)
    select uuidv7(), 'customer-2', email, email_key, opened_at
    from support_accounts where account_id = ${primary.account_id}`
  t.same(await stops(second), ['support_accounts_one_open_per_address', 'email-taken'])
})

t.test('R21: a customer has one account for an address, also a closed one', async t => {
  const second = sql`
    insert into support_accounts (account_id, customer_id, email, email_key, opened_at, closed_at)
    select uuidv7(), customer_id, email, email_key, opened_at, opened_at
    from support_accounts where account_id = ${primary.account_id}`
  t.same(await stops(second), ['support_accounts_one_of_customer_and_address', undefined])
})

t.test("R20, R21: no contact without an account, and none with another customer's", async t => {
  t.same(await stops(copyOfPrimary({ role: 'secondary', account_id: '019354a8-6c00-7c41-9d2e-3f5b8a1c7e90' })), [
    'contacts_account_fk',
    undefined,
  ])
  t.same(await stops(copyOfPrimary({ contract_id: 'other', customer_id: 'customer-2' })), [
    'contacts_account_fk',
    undefined,
  ])
  t.same(await stops(sql`update contracts set customer_id = 'customer-2' where contract_id = 'kept'`), [
    'contacts_contract_fk',
    undefined,
  ])
})

t.test(
  'R9: no contract of an unknown customer or product, or with an unknown app; none that ends before it starts',
  async t => {
    t.same(await stops(sql`update contracts set customer_id = 'nobody' where contract_id = 'other'`), [
      'contracts_customer_fk',
      'unknown-reference',
    ])
    t.same(await stops(sql`update contracts set product_id = 'nothing' where contract_id = 'other'`), [
      'contracts_product_fk',
      'unknown-reference',
    ])
    t.same(await stops(sql`insert into contract_apps values ('other', 'nothing', 1)`), [
      'contract_apps_app_fk',
      'unknown-reference',
    ])
    t.same(await stops(sql`insert into product_bundled_apps values ('manage', 'nothing', 1)`), [
      'product_bundled_apps_app_fk',
      'unknown-reference',
    ])
    t.same(await stops(sql`update contracts set ends_on = '2000-01-01' where contract_id = 'other'`), [
      'contracts_term_order',
      'invalid-value',
    ])
  },
)

t.test('every constraint that means a refusal exists', async t => {
  const { schema } = (
    await database.run(
      compiled(sql<{ schema: string[] }>`select array_agg(conname::text) as schema from pg_constraint`),
    )
  )[0]!
  for (const name of [
    'contacts_one_primary_per_contract',
    'contacts_one_person_per_contract',
    'support_accounts_one_open_per_address',
    'contracts_term_order',
  ])
    t.ok(schema.includes(name), name)
})
