import type { ActionContext } from '#actions/support/action-context.ts'
import { insertDisclosure, insertDisclosureEnd } from '#db/personal-data/disclosures.ts'
import { runAlone } from '#db/driver/single-statement.ts'
import type { Disclosure } from '#domain/personal-data/disclosure.ts'

/**
 * R31: the batches of a file, whose record begins with the first of them. Its end is recorded with the count before the
 * last byte leaves. A file that is broken off says so; its count is of the rows that were ready to be sent.
 */
export async function* disclosedBatches<Row>(
  context: ActionContext,
  disclosure: Disclosure,
  batches: AsyncGenerator<Row[], void>,
): AsyncGenerator<Row[], void> {
  const begun = begin(context, disclosure)
  begun.catch(() => {}) // thrown below, where it is waited for
  let rows = 0
  let is_complete = false
  try {
    for await (const batch of batches) {
      await begun
      rows += batch.length
      yield batch
    }
    await begun
    is_complete = true
  } finally {
    await begun.then(
      async () => await end(context, disclosure, rows, is_complete),
      () => {}, // nothing was sent
    )
  }
}

async function begin({ database }: ActionContext, disclosure: Disclosure): Promise<void> {
  await runAlone(database, insertDisclosure(disclosure, null))
}

async function end(
  { database, clock }: ActionContext,
  { disclosure_id }: Disclosure,
  rows: number,
  is_complete: boolean,
): Promise<void> {
  const ending = insertDisclosureEnd({ disclosure_id, ended_at: clock.now(), rows, is_complete })
  await runAlone(database, ending)
}
