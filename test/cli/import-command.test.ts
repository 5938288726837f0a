import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import t, { type Test } from 'tap'
import { importedRows, isFound } from '../helpers/imported-rows.ts'
import { jobWorker } from '../helpers/job-worker.ts'
import { shiftJis } from '../helpers/shift-jis.ts'
import { ADMIN_KEY, testService, type TestService } from '../helpers/test-service.ts'

const ROOT = join(import.meta.dirname, '../..')
const HEADER = '契約番号,区分,お名前,メールアドレス\n'

/** An address of this machine at which no server listens. */
async function closedOrigin(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}`
}

/** What the command prints, without the titles that are in the language of the reader. */
function withoutTitles(printed: string): string {
  return printed.replace(/[0-9a-f-]{36}/, '…').replaceAll(/^( {2}line \d+:).*$/gm, '$1')
}

type Run = { status: number; stdout: string; stderr: string }
type Command = (args: string[], environment?: Record<string, string>) => Promise<Run>

/** A service with a worker and the registry of the examples, and the command in a folder with their files. */
async function ready(t: Test): Promise<TestService & { run: Command; folder: string; origin: string }> {
  const service = await testService(t)
  jobWorker(t, service)
  const origin = await service.app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => service.app.close())
  const folder = t.testdir({ examples: {} })
  for (const file of ['registry.ndjson', 'contacts.csv'])
    await copyFile(join(ROOT, 'examples', file), join(folder, 'examples', file))
  const { PATH, NODE_COMPILE_CACHE } = process.env
  const environment = { PATH, NODE_COMPILE_CACHE, API: origin, API_KEY: ADMIN_KEY, LANG: 'ja_JP.UTF-8' }
  const run: Command = async (args, others = {}) =>
    await new Promise(resolve => {
      const options = { cwd: folder, env: { ...environment, ...others } }
      execFile(process.execPath, [join(ROOT, 'src/cli/import-command.ts'), ...args], options, (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
      )
    })
  return { ...service, run, folder, origin }
}

t.test(
  'R39: the README imports the dirty file of the examples; each fault is found, and nothing else refused',
  async t => {
    const { call, run, folder } = await ready(t)
    const registry = await run(['examples/registry.ndjson'])
    t.equal(registry.status, 0, registry.stderr)
    const { status, stdout, stderr } = await run(['examples/contacts.csv', '--on-problem', 'skip_row'])
    t.equal(status, 1, stderr)
    for (const name of ['README.md', 'README.ja.md'])
      t.match(withoutTitles(await readFile(join(ROOT, name), 'utf8')), withoutTitles(stdout), name)
    const faults = parse<Record<string, string>>(await readFile(join(ROOT, 'examples/contacts.faults.csv')), {
      columns: true,
    })
    t.ok(new Set(faults.map(({ fault }) => fault)).size >= 30)
    const { items } = (await call('GET', '/v1/imports')).body
    const found = await importedRows(call, items[0].import_id)
    t.equal(found.length, 200)
    for (const row of found) {
      const { fault, type = '', code, field } = faults.find(({ line }) => Number(line) === row.line) ?? {}
      const says =
        fault === undefined
          ? null
          : { type, ...(code !== '' && { code: code! }), ...(field !== '' && { field: field! }) }
      t.ok(isFound(row, says), `line ${row.line}: ${fault ?? 'no fault'}`)
    }
    const report = join(folder, 'examples/contacts.report.csv')
    t.equal((await stat(report)).mode & 0o777, 0o600, 'only its owner may read it')
    const rows = parse<Record<string, string>>(await readFile(report), { bom: true, columns: true })
    t.equal(rows.length, 200)
    t.ok(
      rows.every(row => row['取り込み結果'] !== '登録不可' || row['理由'] !== ''),
      'every refusal has its reasons',
    )
    const again = await run(['examples/contacts.report.csv', '--on-problem', 'skip_row', '--dry-run'])
    t.match(again.stdout, /^ +0 created$/m, 'the report can be sent back')
    t.ok((await stat(join(folder, 'examples/contacts.report-2.csv'))).isFile(), 'and is not written over')
  },
)

t.test('R39: the command says what is wrong with a file, and with how it is called', async t => {
  const { run, folder } = await ready(t)
  await run(['examples/registry.ndjson'])
  const write = async (name: string, file: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), file)
    return name
  }
  const row = 'D-0001,主担当,髙橋 一郎,takahashi@aozora.example.jp\n'
  const inShiftJis = await write('sjis.csv', shiftJis(HEADER + row))
  const unread = await run([inShiftJis])
  t.match(unread, { status: 2, stdout: /Nothing was imported\. 1行目の1文字目: .*shift_jis.*\n.*--charset shift_jis/s })
  t.match(await run([inShiftJis, '--charset', 'shift_jis', '--dry-run']), {
    status: 0,
    stdout: /dry run: nothing was changed/,
  })
  t.match(await run([inShiftJis, '--charset', 'shift_jis']), { status: 0, stdout: /^ +1 created$/m })
  t.match(await run([await write('wide.csv', `${HEADER}D-1,山田\n`), '--language', 'en']), {
    status: 2,
    stdout: /Line 2, column 3: /,
  })
  t.match(await run([await write('empty.csv', '')]), { status: 2, stderr: /ファイルにデータの行がありません/ })
  t.match(await run([]), { status: 2, stderr: /name one file/ })
  t.match(await run(['contacts.xlsx']), { status: 2, stderr: /\.csv/ })
  t.match(await run(['missing.csv']), { status: 2, stderr: /ENOENT/ })
  t.match(await run([inShiftJis, '--api-key', 'x']), { status: 2, stderr: /--api-key/ })
  t.match(await run([inShiftJis], { API_KEY: 'wrong' }), { status: 2 })
  t.match(await run([inShiftJis], { API_KEY: ' ' }), { status: 2, stderr: /API_KEY/ })
  t.match(await run([inShiftJis, '--url', await closedOrigin()]), {
    status: 2,
    stderr: /cannot be reached \(ECONNREFUSED\)/,
  })
  t.match(await run(['--help']), { status: 0, stdout: /npm run import -- <file>/ })
})
