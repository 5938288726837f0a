import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

// A consumer of the feed, a process that may be killed anywhere: `node feed-consumer.ts <origin> <key> <folder>`. It
// applies each event of a page by a line of `applied`, and keeps the cursor of the next page once all of them are.

const [origin, key, folder = ''] = process.argv.slice(2)
const [applied, cursor] = [join(folder, 'applied'), join(folder, 'cursor')]

function keep(value: string): void {
  writeFileSync(`${cursor}.new`, value)
  renameSync(`${cursor}.new`, cursor)
}

for (;;) {
  const after = existsSync(cursor) ? readFileSync(cursor, 'utf8') : '0'
  const response = await fetch(`${origin}/v1/events?limit=7&wait=1&after=${after}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  const { items, next_cursor } = (await response.json()) as any
  for (const { event_id, type, subject_id } of items) {
    appendFileSync(applied, `${event_id} ${type} ${subject_id}\n`)
    await sleep(5) // so that a kill mostly comes in the middle of a page
  }
  keep(next_cursor)
}
