// How many of those that wait one query takes, and how many queries may be under way.
const MOST_KEYS = 500
const IN_FLIGHT = 2

type Waiting<Key, Row> = { keys: readonly Key[]; resolve: (rows: Row[][]) => void; reject: (error: unknown) => void }

/**
 * Reads that gather while others are under way: the next query asks for all that wait. An idle service answers at
 * once, a busy one asks the database once for many callers, and nobody waits longer than one query before the own.
 * A query is sent after everybody it asks for has come, so what was written before a check is seen by it.
 * `query` answers with the rows of each key, in the order of the keys. A query that fails fails for those it asked for.
 */
export function batchLoader<Key, Row>(
  query: (keys: readonly Key[]) => Promise<Row[][]>,
): (keys: readonly Key[]) => Promise<Row[][]> {
  const waiting: Waiting<Key, Row>[] = []
  let under_way = 0
  const next = (): void => {
    if (waiting.length === 0 || under_way === IN_FLIGHT) return
    const batch = takeBatch(waiting)
    under_way++
    void ask(batch, query).finally(() => {
      under_way--
      next()
    })
  }
  return async keys =>
    await new Promise((resolve, reject) => {
      waiting.push({ keys, resolve, reject })
      if (waiting.length === 1) setImmediate(next) // whatever arrived in the same turn goes along
    })
}

function takeBatch<Key, Row>(waiting: Waiting<Key, Row>[]): Waiting<Key, Row>[] {
  let [count, keys] = [0, 0]
  while (count < waiting.length && (count === 0 || keys + waiting[count]!.keys.length <= MOST_KEYS))
    keys += waiting[count++]!.keys.length
  return waiting.splice(0, count)
}

async function ask<Key, Row>(
  batch: readonly Waiting<Key, Row>[],
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
