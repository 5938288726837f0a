import { addressHashKey, erasedAddress } from '#actions/support/personal-data/erased-address.ts'
import { paired } from '#actions/support/paired.ts'
import { batchLoader } from '#db/driver/batch-loader.ts'
import type { Db } from '#db/driver/database.ts'
import { listPrimariesOfDomains, type DomainQuestion } from '#db/senders/sender-domains.ts'
import { listPastRegistrations } from '#db/senders/sender-past.ts'
import { listSenderRegistrations } from '#db/senders/sender-registrations.ts'
import { listFormerRegistrations, type AddressQuestion } from '#db/senders/former-registrations.ts'
import type { Sender } from '#domain/senders/sender-address.ts'
import { senderCheck, type ConfirmWith, type SenderCheck } from '#domain/senders/sender-check.ts'
import {
  pastFacts,
  presentFacts,
  refusedFacts,
  type FormerRegistration,
  type SenderFacts,
  type SenderNarrowing,
  type SenderRegistration,
} from '#domain/senders/sender-facts.ts'

/** Reads for checks; checks that ask at the same time share their queries. */
export type SenderSources = {
  registrations: (email_keys: readonly string[]) => Promise<SenderRegistration[][]>
  formers: (questions: readonly AddressQuestion[]) => Promise<FormerRegistration[][]>
  primaries: (questions: readonly DomainQuestion[]) => Promise<ConfirmWith[][]>
  /** What replaces an address if the people behind it were erased (R33). */
  erasedKey: (email_key: string) => Promise<string>
}

/** A sender, and what the check of it is about. */
export type AskedSender = { sender: Sender; narrowing: SenderNarrowing }

/** A sender with the decision, and the former registrations at the address where it is refused. */
export type JudgedSender = AskedSender & {
  facts: SenderFacts
  check: SenderCheck
  former: readonly FormerRegistration[]
}

/** The queries of sender checks. Each collects the questions that wait, and asks them together. */
export function senderSources(database: Db, today: () => string): SenderSources {
  let hash_key: Buffer | undefined
  return {
    // The key of a registry never changes.
    erasedKey: async email_key => erasedAddress(email_key, (hash_key ??= await addressHashKey(database))),
    registrations: batchLoader(async keys => await listSenderRegistrations(database, keys)),
    formers: batchLoader(async questions => await listFormerRegistrations(database, questions)),
    primaries: batchLoader(async questions => await listPrimariesOfDomains(database, today(), questions)),
  }
}

/**
 * Decides for senders on a day. An authorised sender costs one query; for a refused one former contacts are read. The
 * addresses of `replies` are looked up in the same query.
 */
export async function judgeSenders(
  sources: SenderSources,
  asked: readonly AskedSender[],
  replies: readonly AskedSender[],
  today: string,
): Promise<{ senders: JudgedSender[]; replies: JudgedSender[] }> {
  const all = [...asked, ...replies]
  const found = await sources.registrations(all.map(({ sender }) => sender.email_key))
  const judged = paired(all, found).map(([one, behind]) => judge(one, presentFacts(behind, one.narrowing), today))
  const senders = judged.slice(0, asked.length)
  const refused = senders.filter(({ check }) => !check.authorised)
  const former = await formersOf(sources, refused)
  const again = new Map(
    paired(refused, former).map(([one, rows]) => [one, judge(one, refusedFacts(one.facts, rows), today, rows)]),
  )
  return { senders: senders.map(one => again.get(one) ?? one), replies: judged.slice(asked.length) }
}

/**
 * Who was at the addresses of refused senders. Of erased people it is known by the hash of the address alone, which is
 * asked for in the same query.
 */
async function formersOf(
  { formers, erasedKey }: SenderSources,
  refused: readonly JudgedSender[],
): Promise<FormerRegistration[][]> {
  if (refused.length === 0) return []
  const questions = refused.map(({ sender, narrowing }) => ({ email_key: sender.email_key, ...narrowing }))
  const erased = await Promise.all(
    questions.map(async question => ({ ...question, email_key: await erasedKey(question.email_key) })),
  )
  const found = await formers([...questions, ...erased])
  return refused.map((_one, place) => [...(found[place] ?? []), ...(found[place + refused.length] ?? [])])
}

/** Decides for senders at a past moment; `day` is its day in the vendor's time zone. */
export async function judgePastSenders(
  database: Db,
  asked: readonly AskedSender[],
  { as_of, day }: { as_of: string; day: string },
): Promise<JudgedSender[]> {
  const keys = asked.map(({ sender }) => sender.email_key)
  const found = await listPastRegistrations(database, keys, as_of)
  return paired(asked, found).map(([one, past]) => judge(one, pastFacts(past, one.narrowing, day), day))
}

function judge(
  { sender, narrowing }: AskedSender,
  facts: SenderFacts,
  today: string,
  former: readonly FormerRegistration[] = [],
): JudgedSender {
  return { sender, narrowing, facts, check: senderCheck(sender.email, facts, today), former }
}
