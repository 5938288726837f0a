import { importView, type Import } from '#domain/imports/import.ts'

const TENTHS = 10

/**
 * What an import that a batch was worked off of says in the feed (R37, R39): that it has started, that a further tenth
 * of its rows is done, or that it has finished; null where nothing of this has come. So an import of any size has
 * twelve events at most.
 */
export function importEvent(before: Import, after: Import): `import.${'started' | 'progressed' | 'finished'}` | null {
  if (after.state === 'finished') return 'import.finished'
  if (before.state === 'received') return 'import.started'
  return tenthsDone(after) > tenthsDone(before) ? 'import.progressed' : null
}

function tenthsDone(entry: Import): number {
  const { rows } = importView(entry, entry.received_at)
  return Math.floor((rows.done * TENTHS) / Math.max(1, rows.total))
}
