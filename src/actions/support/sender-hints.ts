import type { Db } from '#db/driver/database.ts'
import { listNeighbours } from '#db/sender-checks.ts'
import { isOneSlipAway } from '#domain/near-address.ts'
import type { Sender } from '#domain/sender-address.ts'
import type { FormerRegistration, SenderRegistration } from '#domain/sender-check.ts'
import { removedRecently, similarAddress, type SenderHint } from '#domain/sender-check-view.ts'

type Refused = { sender: Sender; former: readonly FormerRegistration[] }
type Sources = {
  database: Db
  registrations: (email_keys: readonly string[]) => Promise<SenderRegistration[][]>
  now: string
}

const MOST_HINTS = 5

/**
 * What staff may want to know of refused senders: who was removed within the last week, and whose address at the same
 * domain is one slip of the fingers away. `ofCustomers` are those whose domain is not free for all.
 */
export async function senderHints<One extends Refused>(
  { database, registrations, now }: Sources,
  refused: readonly One[],
  ofCustomers: ReadonlySet<One>,
): Promise<Map<One, SenderHint[]>> {
  const keys = [...ofCustomers].map(({ sender }) => sender.email_key)
  const near = (keys.length === 0 ? [] : await listNeighbours(database, [...new Set(keys)])).filter(
    ({ asked, email_key }) => isOneSlipAway(asked, email_key),
  )
  const similar = Map.groupBy(near, ({ asked }) => asked)
  const shown = [...similar.values()].flatMap(ofOne => ofOne.slice(0, MOST_HINTS).map(({ email_key }) => email_key))
  const found = shown.length === 0 ? [] : await registrations(shown)
  const behind = new Map(shown.map((key, index) => [key, found[index]!]))
  return new Map(
    refused.map(one => [
      one,
      [
        ...removedRecently(one.former, now),
        ...(ofCustomers.has(one) ? (similar.get(one.sender.email_key) ?? []) : []).flatMap(({ email_key }) =>
          similarAddress(behind.get(email_key) ?? []),
        ),
      ],
    ]),
  )
}
