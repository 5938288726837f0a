import { apiClientView, type ApiClient, type ApiClientView, type ApiKey } from '#domain/api-clients/api-client.ts'

/** The end of a client, or of one of its keys, which it reached by itself; the client as it was answered around it. */
export type ExpiredStep = { key: ApiKey | null; before: ApiClientView; after: ApiClientView }

/**
 * The ends that a client and its keys reached by themselves after `since` and up to `now`, in their order. A key that
 * ends together with its client has no end of its own; one that was to last longer is shown until its own. What was
 * revoked before did not come to that.
 */
export function expiredSteps(client: ApiClient, { since, now }: { since: string; now: string }): ExpiredStep[] {
  const { expires_at, revoked_at, keys } = client
  if (revoked_at !== null) return []
  const own = keys.filter(key => key.revoked_at === null && key.expires_at !== expires_at)
  const ends = [{ key: null, end: expires_at }, ...own.map(key => ({ key, end: key.expires_at }))]
    .filter(({ end }) => end > since && end <= now)
    .toSorted((a, b) => compare(a.end, b.end) || compare(a.key?.key_id ?? '', b.key?.key_id ?? ''))
  let present = client
  return ends.map(({ key, end }): ExpiredStep => {
    const before = apiClientView(present, justBefore(end))
    if (key === null) return { key, before, after: apiClientView(present, end) }
    present = { ...present, keys: present.keys.filter(other => other.key_id !== key.key_id) }
    return { key, before, after: apiClientView(present, justBefore(end)) }
  })
}

function justBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
