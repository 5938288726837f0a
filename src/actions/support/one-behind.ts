/** Work that goes on while its caller prepares the next piece: one piece at a time. */
export type OneBehind = {
  /** Begins a piece once the one before is done. Throws what that one threw. */
  begin(work: () => Promise<unknown>): Promise<void>
  /** Waits for the last piece. Throws what it threw. */
  end(): Promise<void>
}

/**
 * Runs pieces of work one at a time, each while its caller prepares the next. The error of a piece comes with the next
 * call.
 */
export function oneBehind(): OneBehind {
  let last: Promise<{ error?: unknown }> = Promise.resolve({})
  const end = async (): Promise<void> => {
    const outcome = await last
    if ('error' in outcome) throw outcome.error
  }
  return {
    begin: async work => {
      await end()
      last = work().then(
        () => ({}),
        (error: unknown) => ({ error }),
      )
    },
    end,
  }
}
