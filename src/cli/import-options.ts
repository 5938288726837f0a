import { extname } from 'node:path'
import { parseArgs } from 'node:util'

export const IMPORT_USAGE = `npm run import -- <file> [options]

Imports contacts from a CSV file, or whole registries from NDJSON (.ndjson, .jsonl), into the running service. Writes a
report next to the file if rows were refused: mend it, and import it again.

  --url <origin>             the service (default: API in the environment, or http://127.0.0.1:3000)
  --dry-run                  change nothing, and show the same report
  --on-problem <what>        skip_contract (default): a refused row keeps out the other rows of its contract;
                             skip_row: only itself
  --accept-over-limit        let contracts without contacts go over their limit
  --privacy-notice <version> the privacy notice that people were shown, for rows that name none
  --charset <name>           the encoding of a CSV file: utf-8 (default) or shift_jis
  --language <en|ja>         the language of the report (default: that of the terminal)

The key comes from API_KEY in the environment, or from the folder of the embedded database.
Exit status: 0 all rows are taken, 1 some are not, 2 nothing was imported.`

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
