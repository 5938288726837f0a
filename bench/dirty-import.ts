import { dirtyFile } from '../test/helpers/dirty-contacts.ts'
import { importedRows, isFound } from '../test/helpers/imported-rows.ts'
import type { BenchService } from './bench-service.ts'
import type { Send } from './import-speed.ts'

/**
 * Imports a file with planted faults and compares what the service says of every row. A row that is judged otherwise
 * makes the run fail. SEED makes another file.
 */
export async function dirtyImport(service: BenchService, size: number, send: Send): Promise<void> {
  const { csv, rows, registry } = dirtyFile(size, Number(process.env['SEED'] ?? 7))
  await send(service, registry, 'application/x-ndjson')
  const { import_id, received_at, ended_at } = await send(service, csv, 'text/csv', '?on_problem=skip_row')
  const call = async (method: string, path: string) => ({ ...(await service.call(method, path)), headers: {} })
  const found = await importedRows(call, import_id)
  const planted = rows.filter(({ says }) => says !== null)
  const missed = rows.filter(({ says }, index) => !isFound(found[index], says))
  const seconds = ((Date.parse(ended_at) - Date.parse(received_at)) / 1000).toFixed(1)
  console.log(`a dirty file of ${rows.length} rows in ${seconds} s: ${planted.length} faults planted`)
  console.log(`  ${missed.length} rows judged otherwise`)
  for (const { line, kind, cells } of missed) {
    const said = JSON.stringify(found.find(row => row.line === line))
    console.error(`  line ${line}, ${kind ?? 'no fault'}: ${JSON.stringify(cells)}\n    ${said}`)
  }
  if (missed.length > 0) process.exitCode = 1
}
