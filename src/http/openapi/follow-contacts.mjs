// Keeps a copy of all contacts, and needs no package: `API=https://… KEY=… node follow-contacts.mjs`
const { API, KEY } = process.env
const copy = new Map() // keep this and the cursor in your database, and write both in one transaction
const types = 'contact.registered,contact.changed,contact.removed,contact.erased'
let cursor = await snapshot()
for (;;) {
  const page = await get(`/v1/events?types=${types}&limit=200&wait=30&after=${cursor}`)
  if (page.status === 410) {
    cursor = await snapshot() // the cursor is older than the feed: begin again
    continue
  }
  const { items, next_cursor } = await page.json()
  for (const { contact_id, data } of items) {
    if (data.after.removed_at === null) copy.set(contact_id, data.after)
    else copy.delete(contact_id)
  }
  cursor = next_cursor
  if (items.length > 0) process.stdout.write(`${copy.size} contacts\n`)
}

async function snapshot() {
  let [first, next] = [null, '']
  copy.clear()
  while (next !== null) {
    const page = await get(`/v1/contacts?limit=200${next}`)
    first ??= page.headers.get('Events-Cursor')
    const { items, next_cursor } = await page.json()
    for (const contact of items) copy.set(contact.contact_id, contact)
    next = next_cursor === null ? null : `&cursor=${next_cursor}`
  }
  process.stdout.write(`${copy.size} contacts\n`)
  return first // of the first page: what changes while the others are read comes again as events
}

async function get(path) {
  const answer = await fetch(API + path, { headers: { Authorization: `Bearer ${KEY}` } })
  if (!answer.ok && answer.status !== 410) throw new Error(await answer.text())
  return answer
}
