import type { ActionContext } from '#actions/support/action-context.ts'
import { isFreeMailDomain } from '#actions/support/free-mail-domains.ts'
import {
  judgePastSenders,
  judgeSenders,
  senderSources,
  type JudgedSender,
  type SenderSources,
} from '#actions/support/judge-senders.ts'
import { paired } from '#actions/support/paired.ts'
import { senderHints } from '#actions/support/sender-hints.ts'
import { assertKnown, foundAs } from '#actions/support/unknown-references.ts'
import { findProduct } from '#db/catalogue.ts'
import { findContract } from '#db/contracts.ts'
import { findCustomer } from '#db/customers.ts'
import { RefusedError } from '#domain/refusal.ts'
import { domainOf, parseSender } from '#domain/sender-address.ts'
import { INVALID_ADDRESS, type ConfirmWith, type SenderNarrowing } from '#domain/sender-check.ts'
import { senderCheckView, type SenderCheckView, type SenderHint } from '#domain/sender-check-view.ts'

type SenderQuestion = {
  addresses: readonly string[]
  narrowing: SenderNarrowing
  as_of?: string | undefined
  with_hints: boolean
}

/** Answers whether senders are authorised (R29, R30), in the order of the addresses. */
export type CheckSenders = (question: SenderQuestion) => Promise<SenderCheckView[]>

/** The check of senders, whose queries are shared with all checks that ask at the same time. */
export function senderChecks(context: ActionContext): CheckSenders {
  const sources = senderSources(context.database, () => context.clock.today())
  return async question => await checkSenders(context, sources, question)
}

/**
 * Decides for each address, with advice on those that are refused. Refuses a moment in the future. Where a sender is
 * refused, also refuses a customer, contract or product that the registry does not hold.
 */
async function checkSenders(
  context: ActionContext,
  sources: SenderSources,
  { addresses, narrowing, as_of, with_hints }: SenderQuestion,
): Promise<SenderCheckView[]> {
  const { database, clock } = context
  assertNotInFuture(as_of, clock.now())
  const read = addresses.map(parseSender)
  const senders = read.filter(sender => sender !== undefined)
  const judged =
    as_of === undefined
      ? await judgeSenders(sources, senders, narrowing, clock.today())
      : await judgePastSenders(database, senders, narrowing, { as_of, day: clock.dayOf(as_of) })
  const refused = judged.filter(({ check }) => !check.authorised)
  if (refused.length > 0 || judged.length < addresses.length) await assertNarrowingKnown(context, narrowing)
  const advice = await adviceFor(context, sources, as_of === undefined ? refused : [], narrowing, with_hints)
  const hintsOf = (sender?: JudgedSender) =>
    with_hints ? (sender === undefined ? [] : (advice.hints.get(sender) ?? [])) : undefined
  const views = new Map(
    judged.map(one => [
      one.sender,
      senderCheckView(one.check, one.sender, advice.confirm_with.get(one) ?? [], hintsOf(one)),
    ]),
  )
  const invalid = senderCheckView(INVALID_ADDRESS, undefined, [], hintsOf())
  return read.map(sender => (sender === undefined ? undefined : views.get(sender)) ?? invalid)
}

function assertNotInFuture(as_of: string | undefined, now: string): void {
  if (as_of === undefined || as_of <= now) return
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/as_of', code: 'in-the-future' }] })
}

type Advice = { confirm_with: Map<JudgedSender, ConfirmWith[]>; hints: Map<JudgedSender, SenderHint[]> }

/** For refused senders: the primaries to confirm with, where the domain is a customer's (R30), and hints for staff. */
async function adviceFor(
  { database, clock }: ActionContext,
  { registrations, primaries }: SenderSources,
  refused: readonly JudgedSender[],
  narrowing: SenderNarrowing,
  with_hints: boolean,
): Promise<Advice> {
  const ofCustomers = refused.filter(({ sender }) => !isFreeMailDomain(domainOf(sender.email_key)))
  const [confirm_with, hints] = await Promise.all([
    ofCustomers.length === 0
      ? []
      : primaries(ofCustomers.map(({ sender }) => ({ domain: domainOf(sender.email_key), ...narrowing }))),
    with_hints && refused.length > 0
      ? senderHints({ registrations, database, now: clock.now() }, refused, new Set(ofCustomers))
      : new Map<JudgedSender, SenderHint[]>(),
  ])
  return { confirm_with: new Map(paired(ofCustomers, confirm_with)), hints }
}

/** A refusal because of something that the registry does not hold would not answer the question. */
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
    ...named('customer', customer_id, customer),
    ...named('contract', contract_id, contract),
    ...named('product', product_id, product),
  )
}

/** A thing that narrows the question down; nothing where the question does not name one. */
function named(resource: 'customer' | 'contract' | 'product', id: string | undefined, found: object | undefined) {
  return id === undefined ? [] : [foundAs({ resource, pointer: `#/${resource}_id`, id }, found)]
}
