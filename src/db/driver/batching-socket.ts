import { Socket } from 'node:net'

/**
 * A socket that sends all writes of one turn of the event loop in one system call. The driver writes each statement
 * by itself, and for pipelined statements the system calls would cost more than the statements.
 */
export class BatchingSocket extends Socket {
  #isHolding = false

  // The driver writes through every signature of `write`, so they are passed on as they come.
  override write(...args: unknown[]): boolean {
    if (!this.#isHolding) {
      this.#isHolding = true
      this.cork()
      process.nextTick(() => {
        this.#isHolding = false
        this.uncork()
      })
    }
    return super.write(...(args as Parameters<Socket['write']>))
  }
}
