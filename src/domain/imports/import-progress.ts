import { importView, type Import } from '#domain/imports/import.ts'

const TENTHS = 10

/**
 * What an import that a batch was worked off of says in the feed (R37, R39): that it has started, or that a further
 * tenth of its rows is done; null where neither has come. Its end is an event of its own. So an import of any size has
 * twelve events at most after it was received.
 */
export function importEvent(before: Import, after: Import): `import.${'started' | 'progressed'}` | null {
  if (before.state === 'received') return 'import.started'
  return tenthsDone(after) > tenthsDone(before) ? 'import.progressed' : null
}

function tenthsDone(entry: Import): number {
  const { rows } = importView(entry, entry.received_at)
  return Math.floor((rows.done * TENTHS) / Math.max(1, rows.total))
}
