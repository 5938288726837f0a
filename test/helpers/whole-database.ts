import { query } from './query.ts'

/**
 * Every row of every table as text, as a dump of the database holds it, and again with what is encoded in it: bytes in
 * hexadecimal digits and in base64. With what the planner knows of the values in each column.
 */
export async function wholeDatabase(owner_url: string): Promise<string> {
  const { rows } = await query(
    owner_url,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`,
  )
  const texts = []
  for (const { name } of rows) {
    const table = await query(owner_url, `select to_jsonb(r)::text as row from ${name} r`)
    texts.push(...table.rows.map(({ row }) => `${name} ${row}`))
  }
  return texts.flatMap(text => [text, ...decodedParts(text)]).join('\n')
}

/** What is encoded in a text: bytes in hexadecimal digits and in base64, and letters that JSON escapes. */
export function decodedParts(text: string): string[] {
  const hex = [...text.matchAll(/\\\\x((?:[0-9a-f]{2})+)/g)].map(([, digits = '']) => Buffer.from(digits, 'hex'))
  const base64 = [...text.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].map(([digits]) => Buffer.from(digits, 'base64'))
  const escaped = /\\u[0-9a-f]{4}/i.test(text)
    ? [text.replaceAll(/\\+u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))]
    : []
  return [...[...hex, ...base64].map(bytes => bytes.toString('utf8')), ...escaped]
}

/** The first line of a dump that holds a text; empty where none does. */
export function lineWith(dump: string, spelling: string): string {
  return dump.split('\n').find(line => line.includes(spelling)) ?? ''
}
