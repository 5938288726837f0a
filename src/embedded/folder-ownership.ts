import type pg from 'pg'

/** Another live service owns the data folder. */
export class EmbeddedPostgresInUseError extends Error {
  override name = 'EmbeddedPostgresInUseError'
  constructor(dataDir: string) {
    super(
      `the data folder ${dataDir} is in use: another running service uses it. Stop that one, or give this one a data folder of its own`,
    )
  }
}

// Advisory locks are per database: taken in `postgres`, this one meets none of the service's own.
const OWNERSHIP = 'select pg_advisory_lock(7019263450)'
const LOCK_NOT_AVAILABLE = '55P03'

/**
 * Makes this session the owner of the folder until it ends, however it ends; false when another one is and stays so
 * for two seconds (a service killed just now is gone before that).
 */
export async function claimFolder(session: pg.Client): Promise<boolean> {
  await session.query(
    "set lock_timeout = '2s'; set statement_timeout = 0; set idle_session_timeout = 0; set application_name = 'folder owner'",
  )
  try {
    await session.query(OWNERSHIP)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}
