import type { Db } from '#db/driver/database.ts'
import { listKeptOutcomes, type KeptOutcome } from '#db/personal-data/personal-data.ts'
import { concernsPerson, type PersonTraces } from '#domain/personal-data/person-traces.ts'

const BATCH = 500

/** The outcomes kept for repeats that are about a person, read batch by batch. */
export async function keptAnswersAbout(db: Db, traces: PersonTraces): Promise<KeptOutcome[]> {
  const found: KeptOutcome[] = []
  let after = { client: '', key: '' }
  for (;;) {
    const batch = await listKeptOutcomes(db, { after, limit: BATCH })
    found.push(...batch.filter(({ outcome }) => concernsPerson(outcome, traces)))
    const last = batch.at(-1)
    if (last === undefined || batch.length < BATCH) return found
    after = last
  }
}
