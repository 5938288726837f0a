import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'

const LONGEST_START_MS = 180_000
const SQLITE_BUSY = 5

/**
 * Runs `work` while no other process does the same with this lock file. Refuses after three minutes of waiting.
 * Node offers the kernel's file locks only through SQLite. Unlike a file with a pid in it such a lock ends with its
 * process, whatever ends it, and no later process can be mistaken for the holder.
 */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LONGEST_START_MS
  const lock = openLock(file)
  try {
    while (!isTaken(lock, file)) {
      if (Date.now() > deadline)
        throw new Error(`another process has been starting PostgreSQL for minutes and holds ${file}`)
      await sleep(20)
    }
    return await work()
  } finally {
    lock.close()
  }
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 })
  } catch (cause) {
    throw damaged(file, cause)
  }
}

function damaged(file: string, cause: unknown): Error {
  return new Error(
    `the lock file ${file} is damaged or cannot be opened. It holds nothing: remove it and start again`,
    {
      cause,
    },
  )
}

function isTaken(lock: DatabaseSync, file: string): boolean {
  try {
    lock.exec('pragma journal_mode = off; begin exclusive')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw damaged(file, error)
  }
}
