import type { Call } from './test-service.ts'
import type { PlantedProblem } from './planted-faults.ts'
import { until } from './until.ts'

const CSV = { 'content-type': 'text/csv' }

/** Sends a file, and gives its import once it is over. A worker has to run. */
export async function importFile(
  call: Call,
  file: string | Buffer,
  { query = '', headers = CSV }: { query?: string; headers?: Record<string, string> } = {},
): Promise<any> {
  const { body, status, text } = await call('POST', `/v1/imports${query}`, file, headers)
  if (status !== 202) throw new Error(text)
  let shown = body
  await until(async () => {
    shown = (await call('GET', `/v1/imports/${body.import_id}`)).body
    return !['received', 'running'].includes(shown.state)
  })
  return shown
}

/** All rows of an import. */
export async function importedRows(call: Call, import_id: string): Promise<any[]> {
  const rows: any[] = []
  for (let cursor = ''; ;) {
    const { body } = await call('GET', `/v1/imports/${import_id}/rows?limit=200${cursor}`)
    rows.push(...body.items)
    if (body.next_cursor === null) return rows
    cursor = `&cursor=${body.next_cursor}`
  }
}

/** Whether the service says of a row what was planted in it; of a good one, that it is taken and its person is new. */
export function isFound(
  { contact_id, outcome, problems, possible_duplicates }: any,
  says: PlantedProblem | null,
): boolean {
  const isSame = (other: any): boolean => other.contact_id === contact_id && other.line !== null
  const isRepeated = outcome !== 'refused' && possible_duplicates.some(isSame) // a namesake is another contact
  if (says === null || says.type === 'possible-duplicate')
    return outcome !== 'refused' && outcome !== 'skipped' && isRepeated === (says !== null)
  const [problem] = problems
  if (outcome !== 'refused' || problem.type !== `/problems/${says.type}`) return false
  const places = problem.errors ?? problem.pointers.map((pointer: string) => ({ code: problem.code, pointer }))
  return [...places, problem].some(
    ({ code, pointer }: any) =>
      (says.code === undefined || code === says.code) &&
      (says.field === undefined || pointer.split('/')[1] === says.field),
  )
}
