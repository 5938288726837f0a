import { readFileSync } from 'node:fs'

/**
 * Secrets that are given as files, as container platforms do: for each of the names, `NAME_FILE` may name a file.
 * Refuses, by the variable's name, a secret that is given both ways, and a file that cannot be read or is empty.
 */
export function secretsFromFiles(names: readonly string[], given: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => {
      const file = given[`${name}_FILE`]
      if (file === undefined) return []
      if (given[name] !== undefined)
        throw new Error(`env/${name} and env/${name}_FILE are both set: only one of them can be meant`)
      return [[name, readNamedFile(`${name}_FILE`, file).trim()]]
    }),
  )
}

/** The text of the file that a variable names. Says which variable where it cannot be read, or is empty. */
export function readNamedFile(variable: string, path: string): string {
  const text = contentOf(variable, path)
  if (text.trim() === '') throw new Error(`env/${variable} names a file that is empty`)
  return text
}

function contentOf(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`env/${variable} names a file that cannot be read (${codeOf(error)})`, {
      cause: error,
    })
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no code'
}
