import { stringify } from 'csv-stringify/sync'
import { DIRTY_HEADER, FAULT_KINDS, type DirtyRow, type FaultKind, type PlantedProblem } from './planted-faults.ts'
import { seededRandom, type Random } from './seeded-random.ts'

/** A row of a dirty file with its line, and the fault that was planted in it. */
type PlantedRow = { line: number; cells: string[]; kind: string | null; says: PlantedProblem | null }

/** A dirty file, and the customers and contracts that it is for, as lines of JSON. */
export type DirtyFile = { csv: string; rows: PlantedRow[]; registry: string }

const FAMILY_NAMES = [
  '山田',
  '髙橋',
  '山﨑',
  '渡邉',
  '伊藤',
  '佐藤',
  '服部',
  '阿部',
  '氷室',
  '長谷部',
  '齋藤',
  '五十嵐',
  '𠮷田',
  '小林',
]
const GIVEN_NAMES = ['太郎', '花子', '一郎', '美咲', '健', '由美子', '翔太', 'さくら', 'エリカ', '大輔', '直樹', '恵']
const DAYS = ['2021/4/1', '2022-10-01', '2023年7月15日', '2024.1.9', '', '2020/12/3 9:30']
const DUTIES = ['', 'システム担当', '業務担当;契約担当', 'system', '業務、契約']
const ROWS_OF_CONTRACT = 4

/** A dirty file of so many rows on contracts of four seats, with a fault in every third row. The same for a seed. */
export function dirtyFile(size: number, seed: number): DirtyFile {
  const random = seededRandom(seed)
  const contract_ids = ['D-0000']
  const taken: DirtyRow = { ...goodRow(random, 'D-0000', 0), role: '主担当', email: 'desk@taken.example.jp' }
  const rows: PlantedRow[] = [{ line: 2, cells: cellsOf(taken), kind: null, says: null }]
  const nextLine = (): number => (rows.at(-1)?.line ?? 1) + (rows.at(-1)?.cells.join('').split('\n').length ?? 1)
  let planted = 0
  for (let number = 1; rows.length < size; number++) {
    const contract_id = `D-${String(number).padStart(4, '0')}`
    contract_ids.push(contract_id)
    const primary = dressed(random, { ...goodRow(random, contract_id, rows.length), role: '主担当' })
    rows.push({ line: nextLine(), cells: cellsOf(primary), kind: null, says: null })
    for (let place = 1; place < ROWS_OF_CONTRACT && rows.length < size; place++) {
      const row = goodRow(random, contract_id, rows.length)
      const fault = place === 2 || random.isIn(20) ? FAULT_KINDS[planted++ % FAULT_KINDS.length] : undefined
      rows.push(plantedRow(nextLine(), row, primary, fault, random))
    }
  }
  const csv = stringify([[...DIRTY_HEADER], ...rows.map(({ cells }) => cells)], {
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /\n/,
  })
  return { csv, rows, registry: contract_ids.flatMap(registryLines).join('') }
}

/** A customer and its contract on `manage` without apps, which has four seats. */
function registryLines(contract_id: string, number: number): string[] {
  const customer_id = `example-${number}`
  const contract = { product_id: 'manage', app_ids: [], connections: 0, starts_on: '2020-04-01', ends_on: null }
  return [
    { type: 'customer', customer_id, name: `株式会社見本${number}` },
    { type: 'contract', contract_id, customer_id, ...contract },
  ].map(line => `${JSON.stringify(line)}\n`)
}

function plantedRow(
  line: number,
  row: DirtyRow,
  primary: DirtyRow,
  fault: FaultKind | undefined,
  random: Random,
): PlantedRow {
  if (fault === undefined) return { line, cells: cellsOf(dressed(random, row)), kind: null, says: null }
  return { line, cells: cellsOf({ ...row, ...fault.plant(row, primary) }), kind: fault.kind, says: fault.says }
}

function goodRow(random: Random, contract: string, number: number): DirtyRow {
  return {
    contract,
    role: random.pick(['副担当', '副担当', '', 'secondary']),
    duties: random.pick(DUTIES),
    family: random.pick(FAMILY_NAMES),
    given: random.pick(GIVEN_NAMES),
    name: '',
    email: `person${number}@${contract.toLowerCase()}.example.jp`,
    shared: random.pick(['', '', 'いいえ', 'FALSE']),
    notice: random.pick(['2025-10', 'Oct-25', '2025/10/1', '']),
    registered: random.pick(DAYS),
  }
}

/** A good row as people type it: what looks dirty, and is none the less right. */
function dressed(random: Random, row: DirtyRow): DirtyRow {
  const whole = `${row.family}　${row.given}`
  return random.pick<(row: DirtyRow) => DirtyRow>([
    same => same,
    same => ({ ...same, family: '', given: '', name: whole }),
    same => ({ ...same, name: ` ${whole} ` }),
    same => ({ ...same, family: '', given: '', name: `${row.family} ${row.given} 様` }),
    same => ({ ...same, email: ` ${row.email.toUpperCase()} ` }),
    same => ({ ...same, contract: `'${row.contract}` }),
    same => ({ ...same, contract: row.contract.replaceAll(/[A-Z0-9]/g, wide) }),
    same => ({ ...same, email: `${row.email}\n` }),
  ])(row)
}

function wide(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 0xfee0)
}

function cellsOf(row: DirtyRow): string[] {
  const { contract, role, duties, family, given, name, email, shared, notice, registered } = row
  return [contract, role, duties, family, given, name, email, shared, notice, registered]
}
