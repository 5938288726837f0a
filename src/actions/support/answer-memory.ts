const MOST_UNKNOWN = 1_000

/** The answer of the database to a key; `asked_at` is in milliseconds of `performance.now()`. */
export type RememberedAnswer<Opened> = { opened: Opened | undefined; asked_at: number }

export type AnswerMemory<Opened> = {
  find: (digest: string) => RememberedAnswer<Opened> | undefined
  remember: (digest: string, answer: RememberedAnswer<Opened>) => void
}

/** Answers by the digests of keys: for every key that exists, and for a limited number of unknown ones. */
export function answerMemory<Opened>(): AnswerMemory<Opened> {
  const known = new Map<string, RememberedAnswer<Opened>>()
  const unknown = new Map<string, RememberedAnswer<Opened>>()
  return {
    find: digest => known.get(digest) ?? unknown.get(digest),
    remember: (digest, answer) => {
      unknown.delete(digest)
      const answers = answer.opened === undefined ? unknown : known
      const [oldest] = unknown.keys()
      if (answers === unknown && oldest !== undefined && unknown.size === MOST_UNKNOWN) unknown.delete(oldest)
      answers.set(digest, answer)
    },
  }
}
