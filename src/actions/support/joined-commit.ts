import type { Database } from '#db/driver/database.ts'
import { outageOf } from '#db/driver/failure.ts'
import type { Statement } from '#db/driver/statement.ts'
import { inTransaction, type Transaction } from '#db/driver/transaction.ts'

// Pieces of one transaction.
const MOST = 100

/** What one piece of work writes, in the order of pieces. It runs again where the transaction does. */
type Write = (trx: Transaction) => Promise<Statement<unknown>[]>

/** Commits one piece of work. `locks` is the thing that it changes, which others may change too. */
export type JoinedCommit = (locks: string, write: Write) => Promise<void>

type Piece = {
  locks: string
  write: Write
  resolve: () => void
  reject: (error: unknown) => void
}

/**
 * Commits what pieces of work write that do not wait for each other: while one transaction is under way, the pieces
 * that come meanwhile wait and are committed together. So they take one connection, however many they are.
 */
export function joinedCommit(database: Database): JoinedCommit {
  const waiting: Piece[] = []
  let isCommitting = false
  const commitAll = async (): Promise<void> => {
    isCommitting = true
    while (waiting.length > 0) await commitOnce(database, waiting.splice(0, MOST))
    isCommitting = false
  }
  return async (locks, write) =>
    await new Promise((resolve, reject) => {
      waiting.push({ locks, write, resolve, reject })
      if (!isCommitting) void commitAll()
    })
}

/**
 * In the order of what they lock, so that two processes do not wait for each other. Where the database is there and a
 * piece fails, each is committed by itself: no piece fails for another one.
 */
async function commitOnce(database: Database, pieces: readonly Piece[]): Promise<void> {
  const ordered = pieces.toSorted((a, b) => (a.locks < b.locks ? -1 : 1))
  try {
    await inTransaction(database, async trx => {
      const sent: Promise<unknown>[] = []
      for (const { write } of ordered)
        for (const statement of await write(trx)) {
          const running = trx.run(statement)
          running.catch(() => {}) // thrown below, unless a later piece fails of it first
          sent.push(running)
        }
      await Promise.all(sent)
    })
    for (const { resolve } of pieces) resolve()
  } catch (error) {
    const isOfOnePiece = pieces.length > 1 && outageOf(error) === undefined
    if (isOfOnePiece) for (const piece of pieces) await commitOnce(database, [piece])
    else for (const { reject } of pieces) reject(error)
  }
}
