/**
 * Reports errors of the job library, each code once a minute: during an outage the library fails every few seconds.
 * It reports only the code, because the library's errors quote jobs and statements.
 */
export function reportOutages(onError: (error: Error) => void): (error: { code?: string; name?: string }) => void {
  let last = { code: '', at: -Infinity }
  return error => {
    const [code, at] = [error.code ?? error.name ?? '', performance.now()]
    if (code === last.code && at - last.at < 60_000) return
    last = { code, at }
    onError(Object.assign(new Error('jobs are held up'), { code }))
  }
}
