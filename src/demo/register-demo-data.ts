import type { FastifyBaseLogger } from 'fastify'
import { v7 as uuidv7 } from 'uuid'
import type { ActionContext } from '#actions/support/action-context.ts'
import { workPace } from '#actions/support/work-pace.ts'
import { buildApp } from '#app.ts'
import { calendarOf, type Clock } from '#clock.ts'
import { NETWORK_DEFAULTS } from '#config/network-config.ts'
import type { DemoRequest } from '#demo/demo-request.ts'
import { DEMO_STORY } from '#demo/demo-story.ts'
import { RETENTION_DEFAULTS } from '#domain/personal-data/retention.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import type { TypedApp } from '#http/route-config.ts'

type DemoContext = Pick<ActionContext, 'database' | 'enqueue'> & { time_zone: string; logger: FastifyBaseLogger }

/**
 * Registers the demonstration data: sends its requests to a service in memory, which judges and records them as any
 * other, at their own times and with their own ids. A repeat does what is left, and nothing twice. Throws where a
 * request is refused.
 */
export async function registerDemoData(context: DemoContext): Promise<void> {
  await withDemoApp(context, async (app, time) => {
    for (const [index, request] of DEMO_STORY.entries()) await send(app, time, request, index)
  })
}

/** Whether a registry has no customer and no API client, so that demonstration data disturbs no user. */
export async function isEmptyRegistry(context: DemoContext): Promise<boolean> {
  return await withDemoApp(context, async app => {
    const lists = ['/v1/customers?limit=1', '/v1/api-clients?limit=1']
    const answers = await Promise.all(lists.map(async url => await app.inject({ url, headers: BY_ALL_SCOPES })))
    return answers.every(answer => answer.json<{ items: unknown[] }>().items.length === 0)
  })
}

const BY_ALL_SCOPES = { authorization: 'Bearer all' }

async function withDemoApp<T>(
  { database, enqueue, time_zone, logger }: DemoContext,
  work: (app: TypedApp, time: DemoTime) => Promise<T>,
): Promise<T> {
  const time = demoTime(time_zone)
  const app = await buildApp({
    context: {
      database,
      enqueue,
      clock: time.clock,
      newId: time.newId,
      retention: RETENTION_DEFAULTS,
      pace: workPace(),
    },
    authenticate: text => {
      const [without, name = 'demo-data'] = text.split('~')
      const scopes = new Set(ALL_SCOPES.filter(scope => scope !== without))
      return { name, credential: 'root', names_requester: false, scopes }
    },
    logger,
    logs_people: false,
    network: { ...NETWORK_DEFAULTS, event_loop_delay: 0 },
    docs: 'off',
  })
  try {
    return await work(app, time)
  } finally {
    await app.close()
  }
}

/** A clock that a request sets, and a source of ids: first those that the request names, then the same in every run. */
type DemoTime = { clock: Clock; newId: () => string; set: (request: DemoRequest, index: number) => void }

const MOST_IDS = 1000

function demoTime(time_zone: string): DemoTime {
  const calendar = calendarOf(time_zone)
  let now = ''
  let ids: (string | null)[] = []
  let made = 0
  return {
    clock: { now: () => now, today: () => calendar.dayOf(now), ...calendar },
    newId: () => ids.shift() ?? uuidv7({ msecs: Date.parse(now), random: bytesOf(++made) }),
    set: (request, index) => {
      now = request.at
      made = index * MOST_IDS // by request, because a repeated one makes no ids
      ids = [...(request.ids ?? [])]
    },
  }
}

function bytesOf(count: number): Uint8Array {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(12, count)
  return bytes
}

async function send(app: TypedApp, time: DemoTime, request: DemoRequest, index: number): Promise<void> {
  const { method, path: url, lines, without_scope = 'all', client_id, only_creates = false } = request
  const payload = lines?.map(line => `${JSON.stringify(line)}\n`).join('') ?? request.body
  time.set(request, index)
  const answer = await app.inject({
    method,
    url,
    headers: {
      authorization: `Bearer ${without_scope}${client_id === undefined ? '' : `~${client_id}`}`,
      ...(method === 'POST' && { 'idempotency-key': `demo-data-${index}` }),
      ...(only_creates && { 'if-none-match': '*' }),
      ...(lines !== undefined && { 'content-type': 'application/x-ndjson' }),
    },
    ...(payload !== undefined && { payload }),
  })
  const isThere = (only_creates && answer.statusCode === 412) || (method === 'DELETE' && answer.statusCode === 404)
  if (answer.statusCode >= 300 && !isThere) throw new Error(`${method} ${url} answered ${answer.body}`)
}
