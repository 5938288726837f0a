/** How many mistakes, problems or warnings one answer lists at most. */
export const MOST_LISTED = 50

const LIST_BYTES = 64 * 1024

/**
 * The first entries of a list, as many as an answer holds: at most 50, and no more than fit in `most_bytes` as JSON, so
 * that quoting what a client sent never makes an answer larger than the request.
 */
export function listed<Entry>(entries: readonly Entry[], most_bytes = LIST_BYTES): Entry[] {
  return fitting(entries.slice(0, MOST_LISTED), most_bytes)
}

/** The first entries of a list that together take no more than so many bytes as JSON. */
export function fitting<Entry>(entries: readonly Entry[], most_bytes: number): Entry[] {
  let bytes = 0
  const end = entries.findIndex(entry => {
    bytes += Buffer.byteLength(JSON.stringify(entry))
    return bytes > most_bytes
  })
  return entries.slice(0, end === -1 ? entries.length : end)
}
