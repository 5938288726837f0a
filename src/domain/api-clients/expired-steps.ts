import { apiClientView, type ApiClient, type ApiClientView, type ApiKey } from '#domain/api-clients/api-client.ts'

/** The end of a client, or of one of its keys, which it reached by itself; the client as it was answered around it. */
export type ExpiredStep = { key: ApiKey | null; before: ApiClientView; after: ApiClientView }

/**
 * The ends that a client and its keys reached by themselves after `since` and up to `now`, in their order. A client's
 * end is that of its keys too. What was revoked before did not come to that.
 */
export function expiredSteps(client: ApiClient, { since, now }: { since: string; now: string }): ExpiredStep[] {
  const { expires_at, revoked_at, keys } = client
  const isReached = (end: string): boolean => end > since && end <= now
  if (revoked_at !== null) return []
  const ended = keys
    .filter(key => key.revoked_at === null && key.expires_at < expires_at && isReached(key.expires_at))
    .map(key => ({ key, end: key.expires_at }))
    .toSorted((a, b) => compare(a.end, b.end) || compare(a.key.key_id, b.key.key_id))
  let present = client
  const steps = ended.map(({ key, end }): ExpiredStep => {
    const before = apiClientView(present, justBefore(end))
    present = { ...present, keys: present.keys.filter(other => other.key_id !== key.key_id) }
    return { key, before, after: apiClientView(present, justBefore(end)) }
  })
  if (!isReached(expires_at)) return steps
  const [before, after] = [apiClientView(present, justBefore(expires_at)), apiClientView(present, expires_at)]
  return [...steps, { key: null, before, after }]
}

function justBefore(moment: string): string {
  return new Date(Date.parse(moment) - 1).toISOString()
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
