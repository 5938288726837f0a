import { paired } from '#actions/support/paired.ts'
import { batchLoader } from '#db/driver/batch-loader.ts'
import type { Db } from '#db/driver/database.ts'
import { listPrimariesOfDomains, type DomainQuestion } from '#db/sender-domains.ts'
import { listPastRegistrations } from '#db/sender-past.ts'
import { listFormerRegistrations, listSenderRegistrations, type AddressQuestion } from '#db/sender-registrations.ts'
import type { Sender } from '#domain/sender-address.ts'
import {
  pastFacts,
  presentFacts,
  refusedFacts,
  senderCheck,
  type ConfirmWith,
  type FormerRegistration,
  type SenderCheck,
  type SenderFacts,
  type SenderNarrowing,
  type SenderRegistration,
} from '#domain/sender-check.ts'

/** Reads for checks; checks that ask at the same time share their queries. */
export type SenderSources = {
  registrations: (email_keys: readonly string[]) => Promise<SenderRegistration[][]>
  formers: (questions: readonly AddressQuestion[]) => Promise<FormerRegistration[][]>
  primaries: (questions: readonly DomainQuestion[]) => Promise<ConfirmWith[][]>
}

/** A sender with the decision, and the former registrations at the address where it is refused. */
export type JudgedSender = {
  sender: Sender
  facts: SenderFacts
  check: SenderCheck
  former: readonly FormerRegistration[]
}

export function senderSources(database: Db, today: () => string): SenderSources {
  return {
    registrations: batchLoader(async keys => await listSenderRegistrations(database, keys)),
    formers: batchLoader(async questions => await listFormerRegistrations(database, questions)),
    primaries: batchLoader(async questions => await listPrimariesOfDomains(database, today(), questions)),
  }
}

/** Decides for senders on a day. An authorised sender costs one query; for a refused one former contacts are read. */
export async function judgeSenders(
  { registrations, formers }: SenderSources,
  senders: readonly Sender[],
  narrowing: SenderNarrowing,
  today: string,
): Promise<JudgedSender[]> {
  const found = await registrations(senders.map(({ email_key }) => email_key))
  const judged = paired(senders, found).map(([sender, behind]) => judge(sender, presentFacts(behind, narrowing), today))
  const refused = judged.filter(({ check }) => !check.authorised)
  if (refused.length === 0) return judged
  const former = await formers(refused.map(({ sender }) => ({ email_key: sender.email_key, ...narrowing })))
  const again = new Map(
    paired(refused, former).map(([one, rows]) => [one, judge(one.sender, refusedFacts(one.facts, rows), today, rows)]),
  )
  return judged.map(one => again.get(one) ?? one)
}

/** Decides for senders at a past moment; `day` is its day in the vendor's time zone. */
export async function judgePastSenders(
  database: Db,
  senders: readonly Sender[],
  narrowing: SenderNarrowing,
  { as_of, day }: { as_of: string; day: string },
): Promise<JudgedSender[]> {
  const keys = senders.map(({ email_key }) => email_key)
  const found = await listPastRegistrations(database, keys, as_of)
  return paired(senders, found).map(([sender, past]) => judge(sender, pastFacts(past, narrowing), day))
}

function judge(
  sender: Sender,
  facts: SenderFacts,
  today: string,
  former: readonly FormerRegistration[] = [],
): JudgedSender {
  return { sender, facts, check: senderCheck(sender.email, facts, today), former }
}
