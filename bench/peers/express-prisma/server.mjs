import { randomUUID, timingSafeEqual } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import express from 'express'
import { z } from 'zod'
import { PrismaClient } from './generated/client.ts'

// The registry's two busiest operations as the manuals of Express and Prisma would have one write them: a model for each
// table, `include` for what hangs together, an interactive transaction for what has to be decided under a lock.

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL }) })
const key = Buffer.from(`Bearer ${process.env.API_KEY}`)

const SenderCheck = z.strictObject({ address: z.string().trim().toLowerCase().pipe(z.email()) })
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

const app = express()
app.use(express.json())
app.use((request, response, next) => {
  const given = Buffer.from(request.get('authorization') ?? '')
  if (given.length === key.length && timingSafeEqual(given, key)) next()
  else response.status(401).json({ error: 'unauthorised' })
})

app.post('/sender-checks', async (request, response) => {
  const { address } = SenderCheck.parse(request.body)
  const account = await prisma.support_accounts.findFirst({
    where: { email_key: address, closed_at: null },
    include: { contacts: { where: { removed_at: null }, include: { contracts: true } } },
  })
  const today = new Date().toISOString().slice(0, 10)
  const people = (account?.contacts ?? []).filter(({ contracts }) => isInForce(contracts, today))
  response.json({
    address,
    authorised: people.length > 0,
    account: account && { account_id: account.account_id, customer_id: account.customer_id, email: account.email },
    people: people.map(({ contact_id, role, duties, family_name, given_name, registered_at, contracts }) => ({
      contact_id,
      role,
      duties,
      family_name,
      given_name,
      registered_at,
      contract: {
        contract_id: contracts.contract_id,
        product_id: contracts.product_id,
        starts_on: dayOf(contracts.starts_on),
        ends_on: contracts.ends_on && dayOf(contracts.ends_on),
      },
    })),
  })
})

app.post('/contracts/:contract_id/contacts', async (request, response) => {
  const contact = Registration.parse(request.body)
  response
    .status(201)
    .json(await prisma.$transaction(async trx => await register(trx, request.params.contract_id, contact)))
})

app.use((error, _request, response, _next) => {
  if (error instanceof z.ZodError) response.status(400).json({ error: 'invalid-request', issues: error.issues })
  else if (error instanceof RefusedError) response.status(error.status).json({ error: error.message })
  else if (isConflict(error)) response.status(409).json({ error: 'conflict' })
  else {
    console.error(error)
    response.status(500).json({ error: 'internal' })
  }
})

async function register(trx, contract_id, { email, ...input }) {
  const [contract] =
    await trx.$queryRaw`select contract_id, customer_id, ends_on, seat_limit, seats_used, registered_at from contracts where contract_id = ${contract_id} for no key update`
  if (contract === undefined) throw new RefusedError(404, 'not-found')
  const now = new Date()
  if (contract.ends_on !== null && dayOf(contract.ends_on) < now.toISOString().slice(0, 10))
    throw new RefusedError(409, 'contract-ended')
  if (contract.seats_used >= contract.seat_limit) throw new RefusedError(409, 'seat-limit-reached')
  const present = await trx.contacts.findMany({ where: { contract_id, removed_at: null } })
  const hasPrimary = present.some(({ role }) => role === 'primary')
  if (hasPrimary === (input.role === 'primary'))
    throw new RefusedError(409, hasPrimary ? 'primary-exists' : 'primary-missing')

  const { customer_id } = contract
  const email_key = email.toLowerCase()
  const name_key = `${input.family_name}${input.given_name ?? ''}`.toLowerCase().replaceAll(/\s+/g, '')
  const known = await trx.support_accounts.findFirst({
    where: { email_key, closed_at: null },
    include: { contacts: { where: { removed_at: null } } },
  })
  assertAddressFree(known, { contract_id, customer_id, name_key, shared_mailbox: input.shared_mailbox })
  const account =
    known ?? (await trx.support_accounts.create({ data: { customer_id, email, email_key, opened_at: now } }))
  const { account_id } = account
  const { shared_mailbox: _said, ...person } = input
  const contact = await trx.contacts.create({
    data: {
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
    },
  })
  await trx.contracts.update({
    where: { contract_id },
    data: { seats_used: { increment: 1 }, registered_at: contract.registered_at ?? now, changed_at: now },
  })
  const entry = { occurred_at: now, actor: 'bench', request_id: randomUUID(), customer_id, contract_id, account_id }
  await trx.history.createMany({
    data: [
      {
        ...entry,
        event: 'contact.registered',
        subject_id: contact.contact_id,
        contact_id: contact.contact_id,
        after: contact,
      },
      ...(known === null
        ? [{ ...entry, event: 'support_account.opened', subject_id: account_id, after: { state: 'open', email } }]
        : []),
    ],
  })
  return contact
}

/** An address serves one customer, several people only where that is said, and one person once on a contract. */
function assertAddressFree(account, { contract_id, customer_id, name_key, shared_mailbox }) {
  if (account === null) return
  if (account.customer_id !== customer_id) throw new RefusedError(409, 'email-taken')
  if (account.contacts.some(other => other.contract_id === contract_id && other.name_key === name_key))
    throw new RefusedError(409, 'already-registered')
  if (!shared_mailbox && account.contacts.some(other => other.name_key !== name_key))
    throw new RefusedError(409, 'email-in-use')
}

// Two who come with a new address at once: the database's exclusion constraint refuses the second.
function isConflict(error) {
  return error?.code === 'P2002' || /23P01|exclusion constraint/.test(error?.message ?? '')
}

function isInForce({ starts_on, ends_on }, today) {
  return dayOf(starts_on) <= today && (ends_on === null || dayOf(ends_on) >= today)
}

function dayOf(date) {
  return date.toISOString().slice(0, 10)
}

await prisma.$connect()
const server = app.listen(Number(process.env.PORT), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}/`),
)
