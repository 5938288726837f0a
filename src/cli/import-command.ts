import { open } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { importClient, type ImportClient, type ShownImport } from '#cli/import-client.ts'
import { importCommand, type ImportCommand } from '#cli/import-options.ts'
import { IMPORT_USAGE } from '#cli/import-usage.ts'
import { progressLine } from '#cli/progress-line.ts'
import { readClientSettings } from '#config/config.ts'

// Imports a file into the running service over HTTP: `npm run import -- contacts.csv`. Prints counts and lines, but no
// name and no address: these are in the report alone.

const POLL_MS = 300
const OUTCOMES = ['created', 'changed', 'unchanged', 'refused', 'skipped'] as const
const ALL_TAKEN = 0
const SOME_LEFT_OUT = 1
const NOTHING_IMPORTED = 2

const bar = progressLine(process.stderr)

async function run(): Promise<number> {
  if (process.argv.slice(2).some(word => word === '--help' || word === '-h')) return say(IMPORT_USAGE, ALL_TAKEN)
  const command = importCommand(process.argv.slice(2))
  const settings = readClientSettings()
  const { url = settings.origin, language = settings.language } = command
  const client = importClient({ ...settings, origin: url.replace(/\/+$/, ''), language })
  const received = await client.send(command.file, command.media_type, command.query, share =>
    bar.show(share, `sending, ${Math.round(share * 100)} %`),
  )
  const ended = await followed(client, received)
  bar.end()
  return await reported(client, command, ended)
}

/** Shows how far an import is until it is over. An interrupt cancels it between two contracts. */
async function followed(client: ImportClient, received: ShownImport): Promise<ShownImport> {
  const { import_id } = received
  const interrupt = (): void => void client.cancel(import_id).catch(() => {})
  process.on('SIGINT', interrupt)
  let now = received
  while (now.state === 'received' || now.state === 'running') {
    await wait(POLL_MS)
    now = await client.read(import_id)
    const { rows, rows_per_second, seconds_left } = now
    const speed = rows_per_second === null ? '' : `, ${rows_per_second} rows/s`
    const left = seconds_left === null ? '' : `, ${seconds_left} s left`
    bar.show(rows.total === 0 ? 0 : rows.done / rows.total, `${rows.done} of ${rows.total} rows${speed}${left}`)
  }
  process.off('SIGINT', interrupt)
  return now
}

async function reported(client: ImportClient, command: ImportCommand, ended: ShownImport): Promise<number> {
  const { state, rows, problem, import_id } = ended
  if (problem !== null) {
    const found = problem.errors?.[0]?.code === 'other-encoding' ? problem.errors[0].found : undefined
    const hint = found === 'shift_jis' || found === 'utf-8' ? `\nTry --charset ${found}.` : ''
    return say(`Nothing was imported. ${problem.detail} ${problem.remedy}${hint}`, NOTHING_IMPORTED)
  }
  const dry = command.query.has('dry_run') ? ' (dry run: nothing was changed)' : ''
  say(`Import ${import_id} ${state}${dry}: ${rows.done} of ${rows.total} rows`, ALL_TAKEN)
  for (const outcome of OUTCOMES) say(`  ${String(rows[outcome]).padStart(7)} ${outcome}`, ALL_TAKEN)
  const left_out = rows.refused + rows.skipped
  if (left_out === 0) return state === 'finished' ? ALL_TAKEN : SOME_LEFT_OUT
  for (const { line, reasons } of await client.firstProblems(import_id))
    say(`  line ${line}: ${reasons.join(' · ')}`, 0)
  say(`The report with every row and its reasons: ${await writeReport(client, command.file, import_id)}`, ALL_TAKEN)
  return SOME_LEFT_OUT
}

/** Writes the report next to the file, readable by its owner alone. A report that is there may be mended: it stays. */
async function writeReport(client: ImportClient, file: string, import_id: string): Promise<string> {
  const name = basename(file, extname(file)).replace(/\.report(?:-\d+)?$/, '')
  for (let number = 1; ; number++) {
    const path = join(dirname(file), `${name}.report${number === 1 ? '' : `-${number}`}.csv`)
    const output = await open(path, 'wx', 0o600).catch(ignoreExisting)
    if (output === undefined) continue
    await pipeline(await client.report(import_id), output.createWriteStream())
    return path
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'EEXIST') throw error
}

function say(words: string, status: number): number {
  console.log(words)
  return status
}

try {
  process.exitCode = await run()
} catch (error) {
  bar.end()
  console.error(error instanceof Error ? error.message : String(error))
  console.error('`npm run import -- --help` shows how the command is used.')
  process.exitCode = NOTHING_IMPORTED
}
