import type pg from 'pg'

// Advisory locks are per database: the service takes its own in another database than `postgres`.
const OWNERSHIP = 'select pg_advisory_lock(7019263450)'
const LOCK_NOT_AVAILABLE = '55P03'
const SESSION = `
  set lock_timeout = '2s';
  set statement_timeout = 0;
  set idle_session_timeout = 0;
  set application_name = 'folder owner'`

/**
 * Makes this session the owner of the folder until the session ends. False when another session owns the folder for
 * two seconds more: the session of a service that was killed just now ends sooner.
 */
export async function claimFolder(session: pg.Client): Promise<boolean> {
  await session.query(SESSION)
  try {
    await session.query(OWNERSHIP)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return false
    throw error
  }
}
