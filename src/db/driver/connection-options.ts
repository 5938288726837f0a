import pg from 'pg'
import { BatchingSocket } from '#db/driver/batching-socket.ts'
import type { DatabaseOptions } from '#db/driver/database-options.ts'
import { sessionSettings, withSettings } from '#db/driver/session-settings.ts'

// The wire form of each type: dates stay days, times become ISO 8601 in UTC, counts become numbers.
const PARSERS: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [pg.types.builtins.DATE, text => text],
  [pg.types.builtins.TIMESTAMPTZ, isoOf],
  [pg.types.builtins.INT8, Number],
])

// What a server in UTC writes of whole milliseconds, which is all that the service stores.
const UTC_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00$/

/** The server's time as ISO 8601. No `Date` is made: in whole lists it would cost as much as the rest of reading. */
function isoOf(text: string): string {
  const [, day, time, fraction = ''] = UTC_TIME.exec(text) ?? []
  return day === undefined ? new Date(text).toISOString() : `${day}T${time}.${fraction.padEnd(3, '0')}Z`
}

/** How the service connects. Refuses a URL that sets what the service itself sets. */
export function connectionOptions(options: DatabaseOptions): pg.ClientConfig {
  return {
    connectionString: withSettings(options.url, sessionSettings(options)),
    application_name: options.application_name ?? 'madoguchi',
    pipeline: true,
    stream: () => new BatchingSocket(),
    query_timeout: options.statement_timeout * 2, // a server that no longer answers at all
    keepAlive: true,
    types: { getTypeParser: parserOf },
  }
}

type TypeParserArguments = Parameters<typeof pg.types.getTypeParser>

function parserOf(...[oid, format]: TypeParserArguments): (text: string) => unknown {
  return PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format)
}
