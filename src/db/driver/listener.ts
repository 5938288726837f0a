import type { DatabaseClient } from '#db/driver/database-client.ts'
import { unnamed } from '#db/driver/database-client.ts'

export type Listener = { close(): void }

const RECONNECT_AFTER = 1_000

/** What a notification says; undefined where a connection was made, because something may have been said before. */
export type OnHeard = (said: string | undefined) => void

/**
 * Hears what the database notifies on a channel, over a connection of its own. A connection that breaks is made again.
 * A pooler in transaction mode forbids it: then nothing is heard, and the caller has to look by itself.
 */
export function listenOn(newClient: () => DatabaseClient, channel: string, onHeard: OnHeard): Listener {
  let client: DatabaseClient | undefined
  let timer: NodeJS.Timeout | undefined
  let isClosed = false
  const again = (): void => {
    if (isClosed || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void connect()
    }, RECONNECT_AFTER).unref()
  }
  const connect = async (): Promise<void> => {
    const opened = newClient()
    client = opened
    opened.on('notification', ({ payload }) => onHeard(payload)).on('error', () => {})
    opened.once('end', again)
    try {
      await opened.connect()
      if (await isPooled(opened)) return close()
      await opened.send(unnamed(`listen ${channel}`))
      onHeard(undefined)
    } catch {
      opened.destroy()
      again()
    }
  }
  const close = (): void => {
    isClosed = true
    clearTimeout(timer)
    client?.destroy()
  }
  void connect()
  return { close }
}

/** Whether the connection leads through a pooler: then its number of the server process is not that of the process. */
export async function isPooled(client: DatabaseClient): Promise<boolean> {
  const [row] = await client.send<{ pid: number }>({ name: '', text: 'select pg_backend_pid() as pid', values: [] })
  return row?.pid !== client.backend_pid()
}
