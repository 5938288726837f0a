import type { ActionContext } from '#actions/support/action-context.ts'
import { isFreeMailDomain } from '#actions/support/free-mail-domains.ts'
import { senderHints } from '#actions/support/sender-hints.ts'
import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import { findProduct } from '#db/catalogue.ts'
import { findContract } from '#db/contracts.ts'
import { findCustomer } from '#db/customers.ts'
import { formersBehind, listPastRegistrations, primariesOfDomains, registrationsBehind } from '#db/sender-checks.ts'
import { RefusedError } from '#domain/refusal.ts'
import { domainOf, parseSender, type Sender } from '#domain/sender-address.ts'
import {
  INVALID_ADDRESS,
  pastFacts,
  presentFacts,
  refusedFacts,
  senderCheck,
  type FormerRegistration,
  type SenderCheck,
  type SenderFacts,
  type SenderNarrowing,
} from '#domain/sender-check.ts'
import { senderCheckView, type SenderCheckView, type SenderHint } from '#domain/sender-check-view.ts'

type SenderQuestion = {
  addresses: readonly string[]
  narrowing: SenderNarrowing
  as_of?: string | undefined
  with_hints: boolean
}

/** Answers whether senders are authorised (R29, R30), in the order in which they were asked for. */
export type CheckSenders = (question: SenderQuestion) => Promise<SenderCheckView[]>

type Asked = { sender: Sender; check: SenderCheck; former: readonly FormerRegistration[] }

/**
 * The check of senders. Whoever is authorised costs one query, shared with all that ask at the same time; refusals
 * look further: whether the address was ever registered, whose domain it is of, and for staff what comes near.
 * Refuses a customer, contract or product that the registry does not know, and a moment that is yet to come.
 */
export function senderChecks(context: ActionContext): CheckSenders {
  const { database, clock } = context
  const registrations = registrationsBehind(database)
  const formers = formersBehind(database)
  const primaries = primariesOfDomains(database, () => clock.today())

  const present = async (senders: readonly Sender[], narrowing: SenderNarrowing): Promise<Asked[]> => {
    const today = clock.today()
    const found = await registrations(senders.map(({ email_key }) => email_key))
    const asked = senders.map((sender, index) => ({
      sender,
      ...decided(sender, presentFacts(found[index]!, narrowing), today),
    }))
    const refused = asked.filter(({ check }) => !check.authorised)
    if (refused.length === 0) return asked
    const former = new Map(
      (await formers(refused.map(({ sender }) => ({ email_key: sender.email_key, ...narrowing })))).map(
        (rows, index) => [refused[index], rows],
      ),
    )
    return asked.map(one => {
      const rows = former.get(one)
      return rows === undefined
        ? one
        : { sender: one.sender, ...decided(one.sender, refusedFacts(one.facts, rows), today), former: rows }
    })
  }

  const past = async (senders: readonly Sender[], narrowing: SenderNarrowing, as_of: string): Promise<Asked[]> => {
    const found = await listPastRegistrations(
      database,
      senders.map(({ email_key }) => email_key),
      as_of,
    )
    return senders.map((sender, index) => ({
      sender,
      ...decided(sender, pastFacts(found[index]!, narrowing), clock.dayOf(as_of)),
    }))
  }

  return async ({ addresses, narrowing, as_of, with_hints }) => {
    if (as_of !== undefined && as_of > clock.now())
      throw new RefusedError({ type: 'invalid-request', errors: [{ pointer: '#/as_of', code: 'in-the-future' }] })
    const read = addresses.map(parseSender)
    const senders = read.filter(sender => sender !== undefined)
    const asked = as_of === undefined ? await present(senders, narrowing) : await past(senders, narrowing, as_of)
    const refused = as_of === undefined ? asked.filter(({ check }) => !check.authorised) : []
    const isRefused = asked.some(({ check }) => !check.authorised) || asked.length < addresses.length
    if (isRefused) await assertNarrowingKnown(context, narrowing)
    const known = refused.filter(({ sender }) => !isFreeMailDomain(domainOf(sender.email_key)))
    const [confirm, hints] = await Promise.all([
      known.length === 0
        ? []
        : primaries(known.map(({ sender }) => ({ domain: domainOf(sender.email_key), ...narrowing }))),
      with_hints && refused.length > 0
        ? senderHints({ registrations, database, now: clock.now() }, refused, new Set(known))
        : new Map<Asked, SenderHint[]>(),
    ])
    const confirmWith = new Map(known.map((one, index) => [one, confirm[index]!]))
    const views = asked.map(one =>
      senderCheckView(
        one.check,
        one.sender,
        confirmWith.get(one) ?? [],
        with_hints ? (hints.get(one) ?? []) : undefined,
      ),
    )
    return read.map(sender =>
      sender === undefined
        ? senderCheckView(INVALID_ADDRESS, undefined, [], with_hints ? [] : undefined)
        : views.shift()!,
    )
  }
}

function decided(
  sender: Sender,
  facts: SenderFacts,
  today: string,
): { facts: SenderFacts; check: SenderCheck; former: readonly FormerRegistration[] } {
  return { facts, check: senderCheck(sender.email, facts, today), former: [] }
}

/** A refusal through something that the registry does not know would be no answer to the question. */
async function assertNarrowingKnown(
  { database }: ActionContext,
  { customer_id, contract_id, product_id }: SenderNarrowing,
): Promise<void> {
  const [customer, contract, product] = await Promise.all([
    customer_id === undefined ? undefined : findCustomer(database, customer_id),
    contract_id === undefined ? undefined : findContract(database, contract_id),
    product_id === undefined ? undefined : findProduct(database, product_id),
  ])
  assertKnown(
    named('customer', customer_id, customer),
    named('contract', contract_id, contract),
    named('product', product_id, product),
  )
}

function named(resource: 'customer' | 'contract' | 'product', id: string | undefined, found: object | undefined) {
  return {
    resource,
    ids: id === undefined ? [] : [id],
    pointer: () => `#/${resource}_id`,
    known: foundAs(id ?? '', found),
  }
}
