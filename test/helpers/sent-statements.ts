/** Types of the messages by which a client has a statement run: Execute and Query of the protocol of PostgreSQL. */
const RUNS = new Set(['E', 'Q'].map(type => type.charCodeAt(0)))

/**
 * Counts the statements in what a client sends on one connection, however it is cut into pieces. No work needs more
 * round trips than statements, so that the count bounds them on a machine of any speed.
 */
export class SentStatements {
  count = 0
  #head: number[] = []
  #rest = 0
  // The first message of a connection has no type.
  #headLength = 4

  read(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#rest > 0) {
        const skipped = Math.min(this.#rest, chunk.length - at)
        this.#rest -= skipped
        at += skipped
      } else {
        this.#head.push(chunk[at++] ?? 0)
        if (this.#head.length === this.#headLength) this.#begin()
      }
    }
  }

  /** A message begins: perhaps its type, and its length, which counts itself. */
  #begin(): void {
    const [type = 0] = this.#headLength === 5 ? this.#head : []
    if (RUNS.has(type)) this.count++
    this.#rest = Buffer.from(this.#head).readInt32BE(this.#headLength - 4) - 4
    this.#headLength = 5
    this.#head = []
  }
}
