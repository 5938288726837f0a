import pg from 'pg'
import type { Db } from '#db/driver/database.ts'
import type { Statement } from '#db/driver/statement.ts'

type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: PlanNode[]
}

/** What running a statement cost, as EXPLAIN ANALYZE tells. */
export type QueryCost = {
  /** Tables that were read from end to end. */
  scanned: string[]
  /** The most rows that one sort took in. */
  sorted: number
  /** Rows that were read of large tables, also those that a filter threw away. */
  read: number
  /** Pages of tables and indexes that were touched. */
  blocks: number
}

const LARGE = new Set([
  'history',
  'change_requests',
  'contracts',
  'contract_apps',
  'contacts',
  'contact_name_parts',
  'customer_name_parts',
  'customers',
  'support_accounts',
])

/** The statements that functions of `db` would run: nothing runs through it. */
export function recordingDb(): Db & { statements: Statement<unknown>[] } {
  const statements: Statement<unknown>[] = []
  return {
    statements,
    run: async statement => {
      statements.push(statement)
      return []
    },
  }
}

/**
 * Runs a statement as the service's connections do: `custom`, planned for its values, and `generic`, planned once for
 * any values, to which Postgres may turn after some executions.
 */
export async function explain(
  client: pg.Client,
  { text, values }: Statement<unknown>,
  mode: 'custom' | 'generic',
): Promise<QueryCost> {
  const literals = values.map(value =>
    pg.escapeLiteral(Array.isArray(value) ? `{${value.map(item => item ?? 'null').join()}}` : String(value)),
  )
  await client.query(`set plan_cache_mode = force_${mode}_plan`)
  await client.query(`prepare explained as ${text}`)
  try {
    const { rows } = await client.query(
      `explain (analyze, buffers, format json) execute explained${literals.length === 0 ? '' : `(${literals.join()})`}`,
    )
    return costOf(rows[0]['QUERY PLAN'][0].Plan)
  } finally {
    await client.query('deallocate explained')
  }
}

function costOf(root: PlanNode): QueryCost {
  const nodes = [...withinPlan(root)]
  const large = nodes.filter(node => LARGE.has(node['Relation Name'] ?? ''))
  return {
    scanned: large.filter(node => node['Node Type'] === 'Seq Scan').map(node => node['Relation Name']!),
    sorted: Math.max(
      0,
      ...nodes
        .filter(node => node['Node Type'].includes('Sort'))
        .map(node => Math.max(0, ...(node.Plans ?? []).map(({ 'Actual Rows': rows }) => rows))),
    ),
    read: large.reduce(
      (sum, node) =>
        sum +
        node['Actual Loops'] *
          (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)),
      0,
    ),
    blocks: root['Shared Hit Blocks'] + root['Shared Read Blocks'],
  }
}

function* withinPlan(node: PlanNode): Generator<PlanNode> {
  yield node
  for (const child of node.Plans ?? []) yield* withinPlan(child)
}
