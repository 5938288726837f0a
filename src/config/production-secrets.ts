import type { Environment } from '#config/environment.ts'

/** How many bits a root credential has at least, by a careful estimate. 32 random hexadecimal digits have some 80. */
const LEAST_BITS = 48

const TLS_MODES: ReadonlySet<string | null> = new Set(['require', 'verify-ca', 'verify-full', 'no-verify'])
const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|socket)$/

/**
 * Refuses what a production must not have: root credentials that are easily guessed, and a database whose connection is
 * not encrypted on its way from another machine, unless the operator allows it.
 */
export function assertProductionSecrets(env: Environment): void {
  for (const variable of ['ADMIN_API_KEY', 'ADMIN_API_KEY_NEXT'] as const)
    if (env[variable] !== undefined && guessableBits(env[variable]) < LEAST_BITS)
      throw new Error(`env/${variable} is easily guessed: make one with openssl rand -hex 32`)
  if (env.DATABASE_PLAIN_TEXT === 'allow') return
  for (const variable of ['DATABASE_URL', 'MIGRATION_DATABASE_URL'] as const)
    if (env[variable] !== undefined && isPlainText(env[variable]))
      throw new Error(
        `env/${variable} has to demand TLS when NODE_ENV is production: add sslmode=verify-full, ` +
          'or set DATABASE_PLAIN_TEXT=allow where no other machine can read the connection',
      )
}

/** Whether a connection to another machine would not be encrypted. */
function isPlainText(text: string): boolean {
  const { hostname, searchParams } = new URL(text.replace('@/', '@socket/'))
  const host = searchParams.get('host') ?? hostname
  if (host.startsWith('/') || LOCAL.test(host)) return false
  const isSsl = ['true', '1'].includes(searchParams.get('ssl') ?? '')
  return searchParams.has('sslmode') ? !TLS_MODES.has(searchParams.get('sslmode')) : !isSsl
}

/**
 * Counts only characters that neither repeat a pair nor go on with a sequence, each by how many different ones the key
 * has.
 */
function guessableBits(key: string): number {
  const pairs = new Set<string>()
  const novel = key.split('').filter((character, index) => {
    const pair = key.slice(Math.max(0, index - 1), index + 1).toLowerCase()
    const step = index === 0 ? Infinity : Math.abs(character.charCodeAt(0) - key.charCodeAt(index - 1))
    const isNovel = step > 1 && !pairs.has(pair)
    pairs.add(pair)
    return isNovel
  })
  return novel.length * Math.log2(Math.max(1, new Set(novel).size))
}
