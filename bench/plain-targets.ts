import Fastify from 'fastify'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from '#db/tables.ts'

// What the service is compared with, as a process of its own: a route that answers a constant, and the same question
// asked of the database through Kysely as it comes.

const url = process.env['DATABASE_URL']!
const constant = JSON.parse(process.env['CONSTANT']!) as object
const db = new Kysely<Tables>({
  dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 10 }) }),
})

const app = Fastify()
app.post('/constant', async () => constant)
app.post<{ Body: { address: string } }>(
  '/kysely',
  async ({ body }) =>
    await db
      .selectFrom('support_accounts')
      .innerJoin('contacts', 'contacts.account_id', 'support_accounts.account_id')
      .innerJoin('contracts', 'contracts.contract_id', 'contacts.contract_id')
      .select([
        'support_accounts.email_key',
        'support_accounts.account_id',
        'support_accounts.customer_id',
        'support_accounts.email',
        'contacts.contact_id',
        'contacts.contract_id',
        'contacts.role',
        'contacts.duties',
        'contacts.family_name',
        'contacts.given_name',
        'contacts.registered_at',
        'contracts.product_id',
        'contracts.starts_on',
        'contracts.ends_on',
      ])
      .where('support_accounts.email_key', '=', body.address)
      .where('support_accounts.closed_at', 'is', null)
      .where('contacts.removed_at', 'is', null)
      .execute(),
)
await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`http://127.0.0.1:${(app.server.address() as { port: number }).port}/`)
