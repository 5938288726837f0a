import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  DutiesAfter,
  ErasePerson,
  ExchangeFiles,
  FollowEvents,
  ListContracts,
  ReadModifyWrite,
  RestoreAndRename,
} from '../../.ci/clients/programs/tasks.ts'

const root = join(import.meta.dirname, '../..')
const here = join(root, '.ci/clients')
const sources = join(here, 'generated/sources')

/** How each generator makes a client of the committed document, and how strictly TypeScript checks what it makes. */
const GENERATORS = {
  'openapi-fetch': {
    project: 'tsconfig.json',
    command: ['openapi-typescript', '../../openapi/openapi.json', '-o', `${sources}/openapi-typescript.ts`],
  },
  'hey-api': {
    // What hey-api brings along is itself not written for exactOptionalPropertyTypes.
    project: 'tsconfig.hey-api.json',
    command: ['openapi-ts', '--no-log-file', '-i', '../../openapi/openapi.json', '-o', `${sources}/hey-api`],
  },
  orval: { project: 'tsconfig.json', command: ['orval', '--config', 'orval.config.mjs'] },
  'swagger-typescript-api': {
    project: 'tsconfig.json',
    command: ['swagger-typescript-api', 'generate', '-p', '../../openapi/openapi.json', '-o', sources].concat([
      '-n',
      'swagger-typescript-api.ts',
    ]),
  },
} as const satisfies Record<string, { project: string; command: readonly string[] }>

export const GENERATOR_NAMES = Object.keys(GENERATORS)

type Program = {
  readModifyWrite: ReadModifyWrite
  listContracts: ListContracts
  restoreAndRename: RestoreAndRename
  exchangeFiles: ExchangeFiles
  followEvents: FollowEvents
  erasePerson: ErasePerson
  dutiesAfter: DutiesAfter<object>
}

/** Whether the generators are installed, after trying to: without a registry they cannot be. */
export function areGeneratorsInstalled(): boolean {
  return (
    isInstalled() || (run(root, 'npm', 'run', 'clients:install', '--fetch-retries=0').status === 0 && isInstalled())
  )
}

function isInstalled(): boolean {
  const { devDependencies } = readJson(join(here, 'package.json')) as { devDependencies: Record<string, string> }
  return Object.entries(devDependencies).every(([name, version]) => {
    const installed = join(here, 'node_modules', name, 'package.json')
    return existsSync(installed) && (readJson(installed) as { version: string }).version === version
  })
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/**
 * Generates all clients and compiles them with the programs; throws with the output of what fails. Clients that were
 * made of the same document by the same generators and programs are kept.
 */
export function generateClients(): void {
  const made_of = join(here, 'generated/made-of')
  const origin = originOfClients()
  if (existsSync(made_of) && readFileSync(made_of, 'utf8') === origin) return
  rmSync(join(here, 'generated'), { recursive: true, force: true })
  const projects = new Set(Object.values(GENERATORS).map(({ project }) => project))
  for (const { command } of Object.values(GENERATORS)) runTool(...command)
  for (const project of projects) runTool('tsc', '--project', project)
  writeFileSync(made_of, origin)
}

/** A digest of everything that the clients are made of. */
function originOfClients(): string {
  const files = [
    import.meta.filename,
    join(root, 'openapi/openapi.json'),
    ...globSync(['*.{json,mjs}', 'programs/*'], { cwd: here })
      .toSorted()
      .map(name => join(here, name)),
  ]
  return hash('sha256', JSON.stringify(files.map(file => readFileSync(file, 'utf8'))))
}

/** The compiled program of a generator's client. */
export async function programOf(generator: string): Promise<Program> {
  return (await import(join(here, `generated/built/programs/${generator}.js`))) as Program
}

function runTool(...[name = '', ...args]: readonly string[]): void {
  const { status, output } = run(here, join(here, 'node_modules/.bin', name), ...args)
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}\n${output.join('\n')}`)
}

/** A program of its own, whose work does not count as this test's coverage. */
function run(cwd: string, program: string, ...args: string[]) {
  const env = { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: '' }
  return spawnSync(program, args, { cwd, encoding: 'utf8', env, timeout: 150_000 })
}
