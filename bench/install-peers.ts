import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Where the peers are installed: outside the repository, because they take 1 GB and Directus has a licence of its own
 * (source-available, no open-source licence). Neither a scanner of this tree nor a build of it meets them.
 */
export const PEERS_FOLDER = process.env['PEERS_FOLDER'] ?? join(homedir(), '.cache/madoguchi-bench-peers')

const MANIFEST = {
  name: 'madoguchi-bench-peers',
  private: true,
  type: 'module',
  dependencies: {
    '@prisma/adapter-pg': '7.10.0',
    '@prisma/client': '7.10.0',
    directus: '12.4.0',
    express: '5.3.0',
    pg: '8.23.1',
    prisma: '7.10.0',
    zod: '4.6.7',
  },
  overrides: { 'isolated-vm': '6.2.0' },
}

// npm takes what these packages need as it was published on this day, so that two installations are alike.
const PUBLISHED_BEFORE = '2026-11-24'

/**
 * Copies the peers' own code and installs its packages where they are missing or of another version. No install script
 * runs: Prisma's client needs no engine here, and the compiled parts of Directus come compiled in its packages.
 */
export function installPeers(): void {
  mkdirSync(PEERS_FOLDER, { recursive: true })
  cpSync(fileURLToPath(new URL('peers/', import.meta.url)), PEERS_FOLDER, { recursive: true })
  writeFileSync(join(PEERS_FOLDER, 'package.json'), JSON.stringify(MANIFEST, null, 2))
  if (!areInstalled())
    runProgram(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `--before=${PUBLISHED_BEFORE}`],
      PEERS_FOLDER,
    )
  // The generator never runs the engine for migrations that it would download: any program in its place spares that.
  const prisma = ['../node_modules/prisma/build/index.js', 'generate']
  runProgram(process.execPath, prisma, join(PEERS_FOLDER, 'express-prisma'), {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    CHECKPOINT_DISABLE: '1',
  })
}

function areInstalled(): boolean {
  const packages = join(PEERS_FOLDER, 'node_modules')
  if (!existsSync(join(packages, '.package-lock.json'))) return false
  return Object.entries(MANIFEST.dependencies).every(([name, version]) => {
    const manifest = join(packages, name, 'package.json')
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version
  })
}

/** Runs a program to its end. Refuses one that fails. */
export function runProgram(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): void {
  const { status, error } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed`, { cause: error })
}
