import t from 'tap'
import { importEvent } from '#domain/imports/import-progress.ts'
import type { Import } from '#domain/imports/import.ts'

const at = (state: Import['state'], rows_created: number, rows_total = 1000): Import =>
  ({
    state,
    rows_total,
    rows_created,
    rows_changed: 0,
    rows_unchanged: 0,
    rows_refused: 0,
    rows_skipped: 0,
    started_at: null,
    ended_at: null,
    received_at: '2026-04-01T00:00:00.000Z',
  }) as Partial<Import> as Import

t.test('R37, R39: a batch that begins an import, or completes a tenth, is an event', async t => {
  const events: [before: Import, after: Import, event: string | null][] = [
    [at('received', 0), at('running', 50), 'import.started'],
    [at('received', 0), at('running', 500), 'import.started'],
    [at('received', 0), at('running', 1000), 'import.started'],
    [at('running', 50), at('running', 99), null],
    [at('running', 50), at('running', 100), 'import.progressed'],
    [at('running', 100), at('running', 199), null],
    [at('running', 100), at('running', 750), 'import.progressed'],
    [at('running', 899), at('running', 999), 'import.progressed'],
    [at('running', 950), at('running', 1000), 'import.progressed'],
    [at('running', 0, 0), at('running', 0, 0), null],
  ]
  for (const [before, after, event] of events)
    t.equal(importEvent(before, after), event, `${before.rows_created} ${after.rows_created} of ${after.rows_total}`)
})
