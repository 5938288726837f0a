import { randomUUID } from 'node:crypto'
import { z } from 'zod'

// Directus has no rule that spans several tables: its manual gives such things an endpoint of their own, which works with
// the items services inside one transaction.

const Registration = z.strictObject({
  role: z.enum(['primary', 'secondary']).default('secondary'),
  duties: z.array(z.enum(['system', 'operations', 'contract'])).default([]),
  family_name: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[^/／]*$/),
  given_name: z
    .string()
    .trim()
    .min(1)
    .max(64)
    .regex(/^[^/／]*$/)
    .nullable()
    .default(null),
  email: z.string().trim().pipe(z.email()),
  shared_mailbox: z.boolean().default(false),
  privacy_notice_version: z.string().min(1),
})

class RefusedError extends Error {
  constructor(status, code) {
    super(code)
    this.status = status
  }
}

export const id = 'registry'

export function handler(router, { services: { ItemsService }, database, getSchema }) {
  router.post('/contracts/:contract_id/contacts', async ({ accountability, params, body }, response, next) => {
    try {
      if (accountability?.admin !== true) throw new RefusedError(403, 'forbidden')
      const input = Registration.parse(body)
      const schema = await getSchema()
      response.status(201).json(
        await database.transaction(async trx => {
          const items = collection => new ItemsService(collection, { knex: trx, schema, accountability })
          return await register(trx, items, params.contract_id, input)
        }),
      )
    } catch (error) {
      if (error instanceof z.ZodError) response.status(400).json({ error: 'invalid-request', issues: error.issues })
      else if (error instanceof RefusedError) response.status(error.status).json({ error: error.message })
      else if (isConflict(error)) response.status(409).json({ error: 'conflict' })
      else next(error)
    }
  })
}

// Two who come with a new address at once: the database's exclusion constraint refuses the second.
function isConflict(error) {
  return error?.code === '23P01' || /exclusion constraint/.test(error?.message ?? '')
}

async function register(trx, items, contract_id, { email, ...input }) {
  const contract = await trx('contracts')
    .select('contract_id', 'customer_id', 'ends_on', 'seat_limit', 'seats_used', 'registered_at')
    .where({ contract_id })
    .forNoKeyUpdate()
    .first()
  if (contract === undefined) throw new RefusedError(404, 'not-found')
  const now = new Date().toISOString()
  if (contract.ends_on !== null && contract.ends_on < now.slice(0, 10)) throw new RefusedError(409, 'contract-ended')
  if (contract.seats_used >= contract.seat_limit) throw new RefusedError(409, 'seat-limit-reached')
  const present = await items('contacts').readByQuery({
    filter: { contract_id: { _eq: contract_id }, removed_at: { _null: true } },
    fields: ['contact_id', 'role'],
    limit: -1,
  })
  const hasPrimary = present.some(({ role }) => role === 'primary')
  if (hasPrimary === (input.role === 'primary'))
    throw new RefusedError(409, hasPrimary ? 'primary-exists' : 'primary-missing')

  const { customer_id } = contract
  const email_key = email.toLowerCase()
  const name_key = `${input.family_name}${input.given_name ?? ''}`.toLowerCase().replaceAll(/\s+/g, '')
  const [known] = await items('support_accounts').readByQuery({
    filter: { email_key: { _eq: email_key }, closed_at: { _null: true } },
    fields: ['account_id', 'customer_id'],
    limit: 1,
  })
  if (known !== undefined)
    await assertAddressFree(items, known, { contract_id, customer_id, name_key, shared_mailbox: input.shared_mailbox })
  const account_id =
    known?.account_id ?? (await items('support_accounts').createOne({ customer_id, email, email_key, opened_at: now }))
  const { shared_mailbox: _said, ...person } = input
  const contact = {
    ...person,
    contract_id,
    customer_id,
    account_id,
    name_key,
    name_doubtful: false,
    email,
    email_key,
    registered_at: now,
    first_registered_at: now,
  }
  const contact_id = await items('contacts').createOne({ ...contact, duties: `{${input.duties.join()}}` }) // it writes an array as JSON, which a column of Postgres arrays does not take
  await items('contracts').updateOne(contract_id, {
    seats_used: contract.seats_used + 1,
    registered_at: contract.registered_at ?? now,
    changed_at: now,
  })
  const entry = { occurred_at: now, actor: 'bench', request_id: randomUUID(), customer_id, contract_id, account_id }
  await items('history').createMany([
    { ...entry, event: 'contact.registered', subject_id: contact_id, contact_id, after: { ...contact, contact_id } },
    ...(known === undefined
      ? [{ ...entry, event: 'support_account.opened', subject_id: account_id, after: { state: 'open', email } }]
      : []),
  ])
  return { ...contact, contact_id }
}

/** An address serves one customer, several people only where that is said, and one person once on a contract. */
async function assertAddressFree(items, account, { contract_id, customer_id, name_key, shared_mailbox }) {
  if (account.customer_id !== customer_id) throw new RefusedError(409, 'email-taken')
  const people = await items('contacts').readByQuery({
    filter: { account_id: { _eq: account.account_id }, removed_at: { _null: true } },
    fields: ['contract_id', 'name_key'],
    limit: -1,
  })
  if (people.some(other => other.contract_id === contract_id && other.name_key === name_key))
    throw new RefusedError(409, 'already-registered')
  if (!shared_mailbox && people.some(other => other.name_key !== name_key)) throw new RefusedError(409, 'email-in-use')
}
