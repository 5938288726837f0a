import { extname } from 'node:path'
import { parseArgs } from 'node:util'

/** What the arguments of the command say. */
export type ImportCommand = {
  file: string
  url: string | undefined
  language: string | undefined
  media_type: string
  query: URLSearchParams
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.txt': 'text/csv',
  '.ndjson': 'application/x-ndjson',
  '.jsonl': 'application/x-ndjson',
}

/** Reads the arguments of `npm run import`. Refuses, by a sentence, what the command does not know. */
export function importCommand(argv: readonly string[]): ImportCommand {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      'on-problem': { type: 'string' },
      'accept-over-limit': { type: 'boolean', default: false },
      'privacy-notice': { type: 'string' },
      charset: { type: 'string', default: 'utf-8' },
      language: { type: 'string' },
    },
  })
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw new Error('name one file')
  const type = MEDIA_TYPES[extname(file).toLowerCase()]
  if (type === undefined) throw new Error(`the name of a file ends with ${Object.keys(MEDIA_TYPES).join(', ')}`)
  const asked = { 'privacy-notice': values['privacy-notice'], 'on-problem': values['on-problem'] }
  const query = new URLSearchParams({
    ...(values['dry-run'] && { dry_run: 'true' }),
    ...(values['accept-over-limit'] && { accept_over_limit: 'true' }),
    ...(asked['on-problem'] !== undefined && { on_problem: asked['on-problem'] }),
    ...(asked['privacy-notice'] !== undefined && { privacy_notice_version: asked['privacy-notice'] }),
  })
  const media_type = type === 'text/csv' ? `${type}; charset=${values.charset}` : type
  return { file, url: values.url, language: values.language, media_type, query }
}
