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
