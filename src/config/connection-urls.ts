import type { Environment } from '#config/environment.ts'

const URLS = ['DATABASE_URL', 'MIGRATION_DATABASE_URL'] as const

// PostgreSQL's own form without a host, which means a socket, is not a URL by the standard.
const parseable = (url: string): string => url.replace('@/', '@socket/')

/** Refuses a URL of the database that cannot be read as one, and an owner without the role that works. */
export function assertConnectionUrls(env: Environment): void {
  for (const variable of URLS)
    if (env[variable] !== undefined && !URL.canParse(parseable(env[variable])))
      throw new Error(
        `env/${variable} must be a URL: ` +
          'write what is special in its user and password as %40 for @, %2F for / and so on',
      )
  if (env.MIGRATION_DATABASE_URL !== undefined && env.DATABASE_URL === undefined)
    throw new Error(
      'env/MIGRATION_DATABASE_URL is given together with env/DATABASE_URL, which names the role that works',
    )
}

/** The URL with PGOPTIONS as its `options`, unless it has its own: as PostgreSQL's clients read both. */
export function withOptions(url: string | undefined, options: string | undefined): string | null {
  if (url === undefined) return null
  const has_options = new URL(parseable(url)).searchParams.has('options')
  if (has_options || options === undefined || options === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}options=${encodeURIComponent(options)}`
}
