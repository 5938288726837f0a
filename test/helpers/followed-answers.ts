import { readFile } from 'node:fs/promises'
import type { Test } from 'tap'
import { eventNumbering } from '#actions/history/number-events.ts'
import { answeredOf, schemaOf } from './answers-of-events.ts'
import { documentAjv, validatorAt } from './document-ajv.ts'
import type { Call, TestService } from './test-service.ts'
import { webhookFaults } from './webhook-bodies.ts'

const ajv = documentAjv(JSON.parse(await readFile(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')))

/** What the schema of a type of event has against a thing. */
function faultsOf(type: string, thing: unknown): unknown[] {
  const validate = validatorAt(ajv, schemaOf(type))
  return validate(thing) ? [] : (validate.errors ?? [])
}

/** Follows what a service does by its events: their data is what is answered now, and what was answered before. */
export function followedAnswers(t: Test, { call, clock, database }: TestService) {
  const number = eventNumbering(database)
  const seen = new Set<string>()
  const known = new Map<string, unknown>()
  let cursor = '0'
  let now = Date.parse(clock.now())
  /** Goes on by some time, so that every change has one of its own. */
  const later = (hours = 1): void => clock.set(new Date((now += hours * 3_600_000)).toISOString())

  /** Takes the events of what was just done: their data is what the service answers now, and before it did so then. */
  async function follow(): Promise<void> {
    while ((await number()) > 0);
    const { body } = await call('GET', `/v1/events?limit=200&after=${cursor}`)
    t.same(await webhookFaults(ajv, database, Number(cursor)), [], 'what webhooks say of it')
    cursor = body.next_cursor
    const before = new Map(known)
    for (const event of body.items) {
      const { type, subject_id, data } = event
      const id = `${type.split('.')[0]} ${subject_id}`
      seen.add(type)
      t.same(data.after, await answeredOf(call, event), `${type}: what is answered`)
      for (const one of [data.before, data.after])
        if (one !== null) t.same(faultsOf(type, one), [], `${type}: its schema`)
      if (before.has(id) && data.before !== null)
        t.same(data.before, before.get(id), `${type}: what was answered before`)
      known.set(id, data.after)
    }
    await readContractsAgain(call, known)
  }

  /** Does something and follows it. Answers what the service answered. */
  async function made<Made>(work: () => Promise<Made>): Promise<Made> {
    later()
    const done = await work()
    await follow()
    return done
  }
  return { seen, follow, made, later, ...requests(call, made) }
}

type Made = <Answered>(work: () => Promise<Answered>) => Promise<Answered>

/** Requests that are followed one by one. */
function requests(call: Call, made: Made) {
  return {
    put: async (path: string, body: object) => await made(async () => await call('PUT', path, body)),
    post: async (path: string, body?: object) => await made(async () => await call('POST', path, body)),
    patch: async (path: string, body: object) => await made(async () => await call('PATCH', path, body)),
    remove: async (path: string) => await made(async () => await call('DELETE', path)),
  }
}

/** Seats of contracts are taken, which is no event of theirs. */
async function readContractsAgain(call: Call, known: Map<string, unknown>): Promise<void> {
  for (const id of known.keys()) {
    const [kind, subject_id] = id.split(' ') as [string, string]
    if (kind === 'contract') known.set(id, await answeredOf(call, { type: kind, subject_id }))
  }
}
