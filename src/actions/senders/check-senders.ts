import type { ActionContext } from '#actions/support/action-context.ts'
import { assertNarrowingsKnown } from '#actions/support/senders/known-narrowings.ts'
import {
  type AskedSender,
  judgePastSenders,
  judgeSenders,
  type JudgedSender,
  senderSources,
  type SenderSources,
} from '#actions/support/senders/judge-senders.ts'
import { isFreeMailDomain } from '#actions/support/senders/free-mail-domains.ts'
import { paired } from '#actions/support/paired.ts'
import { senderHints } from '#actions/support/senders/sender-hints.ts'
import { isAutomaticMail, type MailHeaders } from '#domain/senders/automatic-mail.ts'
import type { MailAuthentication } from '#domain/senders/mail-authentication.ts'
import { RefusedError } from '#domain/refusal.ts'
import { domainOf, parseSender, type Sender } from '#domain/senders/sender-address.ts'
import { type ConfirmWith, INVALID_ADDRESS } from '#domain/senders/sender-check.ts'
import type { SenderNarrowing } from '#domain/senders/sender-facts.ts'
import {
  addressesInHeader,
  senderCheckView,
  type SenderCheckView,
  type SenderHint,
} from '#domain/senders/sender-check-view.ts'

/** One mail, what its check is about, at which moment, and where the request says so. */
export type SenderQuestion = {
  mail: MailHeaders
  /** What the mail server found out about the mail; null where the request does not say. */
  authentication: MailAuthentication | null
  narrowing: SenderNarrowing
  as_of: string | undefined
  pointer: string
}

/**
 * What the caller may see besides the decision: the primaries who can confirm, and similar addresses. Both tell
 * something of a customer by its domain alone, so `countDomains` limits for how many domains a caller gets them.
 */
type SenderRights = {
  with_primaries: boolean
  with_hints: boolean
  countDomains: (domains: number) => Promise<void>
}

/** Answers whether senders are authorised (R29, R30), in the order of the questions. */
export type CheckSenders = (questions: readonly SenderQuestion[], rights: SenderRights) => Promise<SenderCheckView[]>

/** A question with the addresses that were read; undefined where a header does not hold exactly one. */
type ReadQuestion = SenderQuestion & { from: AskedSender | undefined; answer_to: AskedSender | undefined }

/** The check of senders, whose queries are shared with all checks that ask at the same time. */
export function senderChecks(context: ActionContext): CheckSenders {
  const sources = senderSources(context.database, () => context.clock.today())
  return async (questions, rights) => await checkSenders(context, sources, questions, rights)
}

/**
 * Decides for the `From` of each mail, with advice on those that are refused, and for the address that an answer would
 * go to. Refuses a moment in the future. Where a sender is refused, also refuses a customer, contract or product that
 * the registry does not hold.
 */
async function checkSenders(
  context: ActionContext,
  sources: SenderSources,
  questions: readonly SenderQuestion[],
  rights: SenderRights,
): Promise<SenderCheckView[]> {
  assertNotInFuture(questions, context.clock.now())
  const read = questions.map(readQuestion)
  const judged = await judge(context, sources, read)
  const refused = read.filter(({ from }) => from === undefined || judged.get(from)?.check.authorised !== true)
  await assertNarrowingsKnown(context.database, refused)
  const present = refused.flatMap(({ from, as_of }) =>
    from === undefined || as_of !== undefined ? [] : (judged.get(from) ?? []),
  )
  const advice = await adviceFor(context, sources, present, rights)
  return read.map(({ mail, authentication, from, answer_to }) => {
    const found = from === undefined ? undefined : judged.get(from)
    return senderCheckView(found?.check ?? INVALID_ADDRESS, {
      sender: from?.sender,
      reply_to: mail.reply_to === undefined ? null : replyTo(answer_to && judged.get(answer_to)),
      automatic: isAutomaticMail(mail),
      authentication,
      confirm_with: rights.with_primaries ? ((found && advice.confirm_with.get(found)) ?? []) : undefined,
      hints: rights.with_hints ? hintsFor(mail.from, found, advice) : undefined,
    })
  })
}

function hintsFor(from: string, found: JudgedSender | undefined, advice: Advice): SenderHint[] {
  return found === undefined ? addressesInHeader(from) : (advice.hints.get(found) ?? [])
}

function assertNotInFuture(questions: readonly SenderQuestion[], now: string): void {
  const errors = questions
    .filter(({ as_of }) => as_of !== undefined && as_of > now)
    .map(({ pointer }) => ({ pointer: `${pointer}/as_of`, code: 'in-the-future' as const }))
  if (errors.length > 0) throw new RefusedError({ type: 'invalid-value', errors })
}

function readQuestion(question: SenderQuestion): ReadQuestion {
  const { mail, narrowing } = question
  const asked = (sender: Sender | undefined) => sender && { sender, narrowing }
  return {
    ...question,
    from: asked(parseSender(mail.from)),
    answer_to: asked(mail.reply_to === undefined ? undefined : parseSender(mail.reply_to)),
  }
}

function replyTo(found: JudgedSender | undefined) {
  return { address: found?.sender.email ?? null, authorised: found?.check.authorised ?? false }
}

/** The decisions on all addresses: of now in one query, and in one for each past moment that is asked about. */
async function judge(
  { database, clock }: ActionContext,
  sources: SenderSources,
  questions: readonly ReadQuestion[],
): Promise<Map<AskedSender, JudgedSender>> {
  const decided = await Promise.all(
    Array.from(
      Map.groupBy(questions, ({ as_of }) => as_of),
      async ([as_of, asked]) => {
        const senders = asked.flatMap(({ from }) => from ?? [])
        const replies = asked.flatMap(({ answer_to }) => answer_to ?? [])
        const all = [...senders, ...replies]
        if (as_of !== undefined)
          return paired(all, await judgePastSenders(database, all, { as_of, day: clock.dayOf(as_of) }))
        const judged = await judgeSenders(sources, senders, replies, clock.today())
        return paired(all, [...judged.senders, ...judged.replies])
      },
    ),
  )
  return new Map(decided.flat())
}

type Advice = { confirm_with: Map<JudgedSender, ConfirmWith[]>; hints: Map<JudgedSender, SenderHint[]> }

/** For refused senders: the primaries to confirm with, where the domain is a customer's (R30), and hints for staff. */
async function adviceFor(
  { database, clock }: ActionContext,
  { registrations, primaries }: SenderSources,
  refused: readonly JudgedSender[],
  { with_primaries, with_hints, countDomains }: SenderRights,
): Promise<Advice> {
  const ofCustomers = refused.filter(({ sender }) => !isFreeMailDomain(domainOf(sender.email_key)))
  const domains = new Set(ofCustomers.map(({ sender }) => domainOf(sender.email_key)))
  if (domains.size > 0 && (with_primaries || with_hints)) await countDomains(domains.size)
  const confirmable = with_primaries ? ofCustomers : []
  const [confirm_with, hints] = await Promise.all([
    confirmable.length === 0
      ? []
      : primaries(confirmable.map(({ sender, narrowing }) => ({ domain: domainOf(sender.email_key), ...narrowing }))),
    with_hints && refused.length > 0
      ? senderHints({ registrations, database, now: clock.now() }, refused, new Set(ofCustomers))
      : new Map<JudgedSender, SenderHint[]>(),
  ])
  return { confirm_with: new Map(paired(confirmable, confirm_with)), hints }
}
