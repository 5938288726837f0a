import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import pg from 'pg'
import type { Test } from 'tap'

export type PoolerOptions = {
  /** What a client may set when it connects: nothing, anything, which is then forgotten, or all of it. */
  options: 'refused' | 'forgotten'
  /** How many sessions all clients share; `own` for one session for each client as long as it is connected. */
  sessions: number | 'own'
  /** Which free session is used next. */
  next?: 'last back' | 'first back'
}

/**
 * Bytes of the wire protocol, whole message by whole message: a letter (the first of a client has none), a length, a
 * text.
 */
class Messages {
  #rest = Buffer.alloc(0)
  #hasLetter: boolean
  constructor({ hasLetter }: { hasLetter: boolean }) {
    this.#hasLetter = hasLetter
  }

  read(chunk: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, chunk])
    const messages: Buffer[] = []
    for (;;) {
      const from = this.#hasLetter ? 1 : 0
      if (this.#rest.length < from + 4) return messages
      const end = from + this.#rest.readInt32BE(from)
      if (this.#rest.length < end) return messages
      messages.push(this.#rest.subarray(0, end))
      this.#rest = this.#rest.subarray(end)
      this.#hasLetter = true
    }
  }
}

const letterOf = (message: Buffer): string => String.fromCharCode(message[0] ?? 0)

function message(letter: string, ...parts: (string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map(part => {
      if (typeof part === 'string') return Buffer.from(`${part}\0`)
      const bytes = Buffer.alloc(4)
      bytes.writeInt32BE(part)
      return bytes
    }),
  )
  const head = Buffer.alloc(5, letter)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const refusal = (text: string): Buffer => message('E', 'SFATAL', 'VFATAL', 'C08P01', `M${text}`, '')

/** A session of the server, which one client has for a transaction. */
type Session = { socket: Socket; client: Socket | undefined; unanswered: number }

/**
 * A pooler as PgBouncer is with `max_prepared_statements = 0`: it lends a session for a transaction, and passes on
 * everything as it is. A client that connects has no session yet.
 */
export async function transactionPooler(t: Test, url: string, options: PoolerOptions): Promise<string> {
  const pool = sessionPool(url, options)
  const clients = new Set<Socket>()
  const server = createServer(client => {
    clients.add(client)
    client.on('error', () => {})
    serve(client, options, pool)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    for (const client of clients) client.destroy()
    server.close()
    await pool.close()
  })
  return Object.assign(new URL(url), { port: String((server.address() as AddressInfo).port) }).href
}

type SessionPool = { take(client: Socket): Promise<Session>; close(): Promise<void> }

function sessionPool(url: string, { sessions: most, next = 'last back' }: PoolerOptions): SessionPool {
  const logins: pg.Client[] = []
  const free: Session[] = []
  const waiting: ((session: Session) => void)[] = []
  const giveBack = (session: Session): void => {
    session.client = undefined
    const taker = waiting.shift()
    if (taker !== undefined) taker(session)
    else if (next === 'last back') free.unshift(session)
    else free.push(session)
  }
  const open = async (): Promise<Session> => {
    const login = new pg.Client({ connectionString: url })
    logins.push(login)
    return await openSession(login, most === 'own' ? () => {} : giveBack)
  }
  return {
    take: async client => {
      const session =
        free.shift() ??
        (most === 'own' || logins.length < most
          ? await open()
          : await new Promise<Session>(resolve => waiting.push(resolve)))
      session.client = client
      return session
    },
    close: async () => {
      for (const login of logins) login.connection.stream.destroy()
    },
  }
}

/** Passes on the answers of a session to its client, and gives the session back after each transaction. */
async function openSession(login: pg.Client, giveBack: (session: Session) => void): Promise<Session> {
  login.on('error', () => {})
  await login.connect()
  const socket = login.connection.stream as Socket
  socket.removeAllListeners('data')
  const session: Session = { socket, client: undefined, unanswered: 0 }
  const answers = new Messages({ hasLetter: true })
  socket.on('data', (chunk: Buffer) => {
    for (const answer of answers.read(chunk)) {
      session.client?.write(answer)
      if (letterOf(answer) !== 'Z') continue
      session.unanswered--
      if (session.unanswered === 0 && answer[5] === 0x49) giveBack(session)
    }
  })
  return session
}

/** Answers a start, and passes on what follows over the session that the client has, or is then lent. */
function serve(client: Socket, { options }: PoolerOptions, pool: SessionPool): void {
  const questions = new Messages({ hasLetter: false })
  let lent: Promise<Session> | undefined
  let isStarted = false
  client.on('data', (chunk: Buffer) => {
    for (const question of questions.read(chunk)) {
      if (!isStarted) {
        isStarted = true
        if (options === 'refused' && question.includes('\0options\0'))
          client.end(refusal('unsupported startup parameter in options: plan_cache_mode'))
        else client.write(Buffer.concat([message('R', 0), message('K', 1, 1), READY]))
        continue
      }
      if (letterOf(question) === 'X') client.end()
      else lent = forward(client, question, lent, pool)
    }
  })
}

async function forward(
  client: Socket,
  question: Buffer,
  lent: Promise<Session> | undefined,
  pool: SessionPool,
): Promise<Session> {
  const before = await lent
  const session = before?.client === client ? before : await pool.take(client)
  if ('SQ'.includes(letterOf(question))) session.unanswered++
  session.socket.write(question)
  return session
}
