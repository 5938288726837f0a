import type { JudgedSender, SenderSources } from '#actions/support/senders/judge-senders.ts'
import { paired } from '#actions/support/paired.ts'
import type { Db } from '#db/driver/database.ts'
import { listNeighbours } from '#db/senders/sender-domains.ts'
import { isOneSlipAway } from '#domain/addresses/near-address.ts'
import { isAskedFor } from '#domain/senders/sender-facts.ts'
import { removedRecently, similarAddress, type SenderHint } from '#domain/senders/sender-check-view.ts'

type HintSources = Pick<SenderSources, 'registrations'> & { database: Db; now: string }

const MOST_HINTS = 5

/**
 * The hints that help staff with refused senders: the contacts removed within the last week, and registered addresses
 * of the same domain that differ by one typing error. `ofCustomers` are the senders whose domain is not a free-mail
 * domain.
 */
export async function senderHints(
  { database, registrations, now }: HintSources,
  refused: readonly JudgedSender[],
  ofCustomers: ReadonlySet<JudgedSender>,
): Promise<Map<JudgedSender, SenderHint[]>> {
  const similar = await similarAddresses(
    database,
    [...ofCustomers].map(({ sender }) => sender.email_key),
  )
  const shown = [...similar.values()].flat()
  const behind = new Map(paired(shown, shown.length === 0 ? [] : await registrations(shown)))
  return new Map(
    refused.map(one => [
      one,
      [
        ...removedRecently(one.former, now),
        ...(ofCustomers.has(one) ? (similar.get(one.sender.email_key) ?? []) : []).flatMap(email_key =>
          similarAddress((behind.get(email_key) ?? []).filter(found => isAskedFor(one.narrowing, found))),
        ),
      ],
    ]),
  )
}

/** A few registered addresses that each of these may be meant for, by the address that was asked for. */
async function similarAddresses(database: Db, email_keys: readonly string[]): Promise<Map<string, string[]>> {
  if (email_keys.length === 0) return new Map()
  const neighbours = await listNeighbours(database, [...new Set(email_keys)])
  const near = Map.groupBy(
    neighbours.filter(({ asked, email_key }) => isOneSlipAway(asked, email_key)),
    ({ asked }) => asked,
  )
  return new Map(
    Array.from(near, ([asked, found]) => [asked, found.slice(0, MOST_HINTS).map(({ email_key }) => email_key)]),
  )
}
