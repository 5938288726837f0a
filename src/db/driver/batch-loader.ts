/** How many keys one query asks for, and how many queries run at once. */
const MOST_KEYS = 500
const MOST_QUERIES = 2

type Call<Key, Row> = { keys: readonly Key[]; resolve: (rows: Row[][]) => void; reject: (error: unknown) => void }

/**
 * A read that joins its calls into batches: while queries are running, calls wait, and the next query asks for all
 * their keys. An idle service queries at once; a busy service asks the database once for many calls, and a call waits
 * for at most one query before its own. A query is sent after all its calls have come, so it sees every earlier commit.
 *
 * `query` answers the rows of each key, in the order of the keys. A query that fails rejects the calls of its batch.
 */
export function batchLoader<Key, Row>(
  query: (keys: readonly Key[]) => Promise<Row[][]>,
): (keys: readonly Key[]) => Promise<Row[][]> {
  const waiting: Call<Key, Row>[] = []
  let running = 0
  const next = (): void => {
    if (waiting.length === 0 || running === MOST_QUERIES) return
    const batch = takeBatch(waiting)
    running++
    void load(batch, query).finally(() => {
      running--
      next()
    })
  }
  return async keys =>
    await new Promise((resolve, reject) => {
      waiting.push({ keys, resolve, reject })
      if (waiting.length === 1) setImmediate(next) // calls of the same turn of the event loop join the batch
    })
}

/** Removes the next batch from the calls that wait: at least one call, then as many as fit into one query. */
function takeBatch<Key, Row>(waiting: Call<Key, Row>[]): Call<Key, Row>[] {
  let keys = 0
  const excess = waiting.findIndex((call, index) => (keys += call.keys.length) > MOST_KEYS && index > 0)
  return waiting.splice(0, excess === -1 ? waiting.length : excess)
}

async function load<Key, Row>(
  batch: readonly Call<Key, Row>[],
  query: (keys: readonly Key[]) => Promise<Row[][]>,
): Promise<void> {
  try {
    const rows = await query(batch.flatMap(({ keys }) => keys))
    let from = 0
    for (const { keys, resolve } of batch) resolve(rows.slice(from, (from += keys.length)))
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
