import { EVENTS_CHANNEL } from '#db/history/event-numbering.ts'
import { listEventHeads } from '#db/history/event-heads.ts'
import type { Database } from '#db/driver/database.ts'
import { isWanted, type EventFilter } from '#domain/history/event-filter.ts'

/** How often the signal looks by itself, in milliseconds: for where the database does not let it listen. */
const LOOK_INTERVAL = 500

// More events at once wake every waiting client.
const MOST_HEADS = 1000

type Waiting = { after: number; filter: EventFilter; wake: () => void }

/**
 * Wakes the clients that wait for an event. All of them share one connection, which listens, and one look at what
 * happened: a waiting client costs memory only.
 */
export class EventSignal {
  readonly #database: Database
  readonly #waiting = new Set<Waiting>()
  /** The latest event that was looked at, and that was heard of, also while no client waited. */
  #seen = 0
  #heard = 0
  #isListening = false
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined
  #isHeardAgain = false

  constructor(database: Database) {
    this.#database = database
  }

  /** Waits until an event after this one fits the filter, or the signal is aborted. May also come back early. */
  async wait(after: number, filter: EventFilter, signal: AbortSignal): Promise<void> {
    if (this.#waiting.size === 0) this.#seen = Math.max(this.#seen, after)
    if (this.#seen > after || this.#heard > after || signal.aborted) return
    this.#start()
    await new Promise<void>(resolve => {
      const waiting = { after, filter, wake: resolve }
      this.#waiting.add(waiting)
      signal.addEventListener('abort', () => this.#wake(waiting), { once: true })
    })
  }

  #start(): void {
    if (!this.#isListening) this.#database.listen(EVENTS_CHANNEL, said => this.#hear(said))
    this.#isListening = true
    this.#timer ??= setInterval(() => this.#look(), LOOK_INTERVAL).unref()
  }

  #hear(said: string | undefined): void {
    this.#heard = Math.max(this.#heard, Number(said ?? 0))
    this.#look()
  }

  #wake(waiting: Waiting): void {
    this.#waiting.delete(waiting)
    if (this.#waiting.size === 0) {
      clearInterval(this.#timer)
      this.#timer = undefined
    }
    waiting.wake()
  }

  /** Looks for new events. What is heard during a look is looked for after it. */
  #look(): void {
    if (this.#looking !== undefined) {
      this.#isHeardAgain = true
      return
    }
    if (this.#waiting.size === 0) return
    this.#looking = this.#wakeWanting()
      .catch(() => {}) // the clients' own reads meet the failure
      .finally(() => {
        this.#looking = undefined
        if (this.#isHeardAgain) this.#look()
      })
  }

  async #wakeWanting(): Promise<void> {
    this.#isHeardAgain = false
    const heads = await listEventHeads(this.#database, { after: this.#seen, limit: MOST_HEADS })
    this.#seen = heads.at(-1)?.event_id ?? this.#seen
    const isAll = heads.length < MOST_HEADS
    for (const waiting of this.#waiting) {
      const { after, filter } = waiting
      if (!isAll || heads.some(head => head.event_id > after && isWanted(head, filter))) this.#wake(waiting)
    }
  }
}
